import { batch, trigger } from '~/server/pusher/rest'
import { appParams, readSigned } from '~/server/utils/pusher'
import { triggered as triggeredChannels } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: "Up to ten events of the application's own.",
  who: 'signature',
  params: appParams,
  body: batch,
  example: { batch: [{ name: 'greeting', channel: 'news', data: 'hello' }] },
  answers: { 200: triggeredChannels },
  errors: ['pusher.reserved', 'request.too_large'],
})

/** Up to ten events of the application's own: all of them, or none. */
export default defineApi(async (event, app) => {
  const { pusher, body } = await readSigned(event, app)
  const { batch: sent } = parseAs(batch, parseJson(body))
  trigger(
    pusher.rooms,
    sent.map(({ channel, ...one }) => ({ ...one, channels: [channel] })),
  )
  return {}
})
