import { describeChannels, infoQuery } from '~/server/pusher/rest'
import { appParams, readSigned } from '~/server/utils/pusher'
import { channelList } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'The channels that somebody has open on this node.',
  who: 'signature',
  params: appParams,
  query: infoQuery,
  answers: { 200: channelList },
})

/** The channels that somebody has open on this node. */
export default defineApi(async (event, app) => {
  const { pusher } = await readSigned(event, app)
  const { info, filter_by_prefix: prefix } = parseAs(infoQuery, getQuery(event))
  return { channels: describeChannels(pusher.rooms, prefix, info) }
})
