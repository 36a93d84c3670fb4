import type { NetworkInterfaceInfo } from 'node:os'

const isLoopback = (hostname: string) => hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
const everywhere = ['::', '0.0.0.0']

/** What a request and the machine say about the site's address. */
export interface Reached {
  /** The origin that the request was sent to. */ origin: string
  /** The site's own origins, if the operator has named some. */ configured: readonly string[]
  /** The address that the server listens on. */ listens: string | undefined
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>
}

/**
 * The site's origin as another device in the shop can open it. `localhost` means this machine alone: in its place comes
 * a configured origin, or this machine's address in its network where the server listens on it.
 */
export function reachableOrigin({ origin, configured, listens, interfaces }: Reached): string {
  const url = new URL(origin)
  if (!isLoopback(url.hostname)) return origin
  if (configured[0]) return configured[0]
  if (!listens || !everywhere.includes(listens)) return origin
  const own = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
  if (own) url.hostname = own.address
  return url.origin
}
