import { channelOf } from '~/server/pusher/channels'
import { openStream } from '~/server/live/open-stream'
import { streamParams } from '~/server/utils/params'
import { requirePusher } from '~/server/utils/pusher'
import { channelName } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'The channel of the Pusher protocol that shows this stream.',
  who: 'stream',
  params: streamParams,
  answers: { 200: channelName },
  errors: ['request.not_found'],
})

/** The channel of the Pusher protocol that shows this stream, for whoever may open it. */
export default defineApi(async (event, app) => {
  const pusher = requirePusher(app)
  const session = await readSession(event)
  const { stream } = readParams(event, streamParams)
  const opened = await app.store.read((tx) => openStream(tx, stream, session))
  const isPublic = opened.audience === 'menu' || opened.audience === 'board'
  return { channel: channelOf(opened, isPublic ? 'public' : 'private', pusher.app) }
})
