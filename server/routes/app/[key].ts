import { z } from 'zod'
import { Rejected } from '#shared/order/rejections'
import { useApp } from '../../app'
import type { Pusher } from '../../pusher/pusher'
import { requirePusher } from '../../utils/pusher'

/** Set by the first upgrade, which comes before every other hook. */
let pusher: Pusher

export const operation = defineOperation({
  summary: 'The Pusher protocol, as a WebSocket, where it is switched on.',
  who: 'anyone',
  params: z.object({ key: z.string() }),
  answers: { 101: null },
  errors: ['live.upgrade', 'request.not_found'],
})

/** `/app/{key}`: the Pusher protocol, where it is switched on (rules PSH). */
export default defineEventHandler({
  handler: defineApi(async (event, app) => {
    requirePusher(app)
    setResponseHeader(event, 'upgrade', 'websocket')
    throw new Rejected('live.upgrade')
  }),
  websocket: {
    async upgrade(request) {
      // The gate of every upgrade (server/plugins/start.ts) lets nobody come here without it.
      pusher = (await useApp()).pusher!
      return await pusher.hooks.upgrade!(request)
    },
    open: (peer) => pusher.hooks.open!(peer),
    message: (peer, message) => pusher.hooks.message!(peer, message),
    drain: (peer) => pusher.hooks.drain!(peer),
    close: (peer, details) => pusher.hooks.close!(peer, details),
    error: (peer, error) => pusher.hooks.error!(peer, error),
  },
})
