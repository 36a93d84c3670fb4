import { describeChannels, infoQuery } from '~/server/pusher/rest'
import { readSigned } from '~/server/utils/pusher'

/** The channels that somebody has open on this node. */
export default defineApi(async (event, app) => {
  const { pusher } = await readSigned(event, app)
  const { info, filter_by_prefix: prefix } = parseAs(infoQuery, getQuery(event))
  return { channels: describeChannels(pusher.rooms, prefix, info) }
})
