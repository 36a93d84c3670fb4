import { describeChannel, infoQuery } from '~/server/pusher/rest'
import { channelParams, readSigned } from '~/server/utils/pusher'

/** Whether somebody has a channel open on this node, and how many. */
export default defineApi(async (event, app) => {
  const { pusher } = await readSigned(event, app)
  const { channel } = readParams(event, channelParams)
  const { info } = parseAs(infoQuery, getQuery(event))
  return { occupied: pusher.rooms.subscriptions(channel) > 0, ...describeChannel(pusher.rooms, channel, info) }
})
