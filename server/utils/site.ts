import type { Server, Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { H3Event } from 'h3'
import type { Config } from '../config'
import { interfacesOf, reachableOrigins } from '../ground/reachable'

/** The site's addresses as a phone in the shop can open them, the likeliest first; each ends with a slash. */
export function readSites(event: H3Event, { config }: { config: Config }): string[] {
  // Node sets `server` on each of a server's sockets, which its types do not say.
  const listening = (event.node.req.socket as Socket & { server?: Server }).server?.address()
  const origins = reachableOrigins({
    origin: `${getRequestProtocol(event, { xForwardedProto: true })}://${getRequestHost(event)}`,
    configured: config.COMANDA_ORIGINS,
    listens: typeof listening === 'object' ? listening?.address : undefined,
    interfaces: interfacesOf(networkInterfaces),
  })
  return origins.map((origin) => `${origin}${config.NUXT_APP_BASE_URL}`)
}
