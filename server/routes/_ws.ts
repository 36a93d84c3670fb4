import { Rejected } from '#shared/order/rejections'
import { useApp } from '../app'
import type { WebSocketTransport } from '../live/transports/websocket'

/** Set by the first upgrade, which comes before every other hook. */
let live: WebSocketTransport

export const operation = defineOperation({
  summary: 'The live feed, as a WebSocket (docs/protocol.md).',
  who: 'anyone',
  answers: { 101: null },
  errors: ['live.upgrade', 'live.subprotocol', 'live.no_token'],
})

/** `/_ws`: the live feed (docs/protocol.md). */
export default defineEventHandler({
  handler(event) {
    setResponseHeader(event, 'upgrade', 'websocket')
    return answerError(event, new Rejected('live.upgrade'))
  },
  websocket: {
    async upgrade(request) {
      live = (await useApp()).websocket
      return await live.hooks.upgrade!(request)
    },
    open: (peer) => live.hooks.open!(peer),
    message: (peer, message) => live.hooks.message!(peer, message),
    drain: (peer) => live.hooks.drain!(peer),
    close: (peer, details) => live.hooks.close!(peer, details),
    error: (peer, error) => live.hooks.error!(peer, error),
  },
})
