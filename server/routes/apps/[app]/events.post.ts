import { describeChannel, infoQuery, trigger, triggered } from '~/server/pusher/rest'
import { appParams, readSigned } from '~/server/utils/pusher'
import { triggered as triggeredChannels } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: "An event of the application's own, to its channels.",
  who: 'signature',
  params: appParams,
  body: triggered,
  example: { name: 'greeting', channel: 'news', data: 'hello' },
  answers: { 200: triggeredChannels },
  errors: ['pusher.reserved', 'request.too_large'],
})

/** An event of the application's own, to up to 100 of its channels. */
export default defineApi(async (event, app) => {
  const { pusher, body } = await readSigned(event, app)
  const { channel, channels = [channel!], info, ...sent } = parseAs(triggered, parseJson(body))
  trigger(pusher.rooms, [{ ...sent, channels }])
  if (info === undefined) return {}
  const asked = infoQuery.parse({ info }).info
  return { channels: Object.fromEntries(channels.map((name) => [name, describeChannel(pusher.rooms, name, asked)])) }
})
