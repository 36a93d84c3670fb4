import { batch, trigger } from '~/server/pusher/rest'
import { readSigned } from '~/server/utils/pusher'

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
