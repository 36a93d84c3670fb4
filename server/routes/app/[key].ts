import { useApp } from '../../app'
import type { Pusher } from '../../pusher/pusher'

/** Set by the first upgrade, which comes before every other hook. */
let pusher: Pusher

/** `/app/{key}`: the Pusher protocol, where it is switched on (rules PSH). */
export default defineWebSocketHandler({
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
})
