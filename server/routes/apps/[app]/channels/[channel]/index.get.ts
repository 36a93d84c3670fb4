import { describeChannel, infoQuery } from '~/server/pusher/rest'
import { appParams, channelParams, readSigned } from '~/server/utils/pusher'
import { channelView } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Whether somebody has a channel open on this node.',
  who: 'signature',
  params: appParams.extend(channelParams.shape),
  query: infoQuery.pick({ info: true }),
  answers: { 200: channelView },
})

/** Whether somebody has a channel open on this node, and how many. */
export default defineApi(async (event, app) => {
  const { pusher } = await readSigned(event, app)
  const { channel } = readParams(event, channelParams)
  const { info } = parseAs(infoQuery, getQuery(event))
  return { occupied: pusher.rooms.subscriptions(channel) > 0, ...describeChannel(pusher.rooms, channel, info) }
})
