import { describeChannel, infoQuery, trigger, triggered } from '~/server/pusher/rest'
import { readSigned } from '~/server/utils/pusher'

/** An event of the application's own, to up to 100 of its channels. */
export default defineApi(async (event, app) => {
  const { pusher, body } = await readSigned(event, app)
  const { channel, channels = [channel!], info, ...sent } = parseAs(triggered, parseJson(body))
  trigger(pusher.rooms, [{ ...sent, channels }])
  if (info === undefined) return {}
  const asked = infoQuery.parse({ info }).info
  return { channels: Object.fromEntries(channels.map((name) => [name, describeChannel(pusher.rooms, name, asked)])) }
})
