import { Rejected } from '#shared/order/rejections'
import { parseChannel } from '~/server/pusher/channels'
import { appParams, channelParams, readSigned } from '~/server/utils/pusher'
import { channelUsers } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'The members of a presence channel.',
  who: 'signature',
  params: appParams.extend(channelParams.shape),
  answers: { 200: channelUsers },
  errors: ['request.invalid'],
})

/** The members of a presence channel. */
export default defineApi(async (event, app) => {
  const { pusher } = await readSigned(event, app)
  const { channel } = readParams(event, channelParams)
  if (parseChannel(channel)?.visibility !== 'presence')
    throw new Rejected('request.invalid', { fields: [{ path: 'channel', message: 'A presence channel.' }] })
  return { users: pusher.rooms.users(channel).map((id) => ({ id })) }
})
