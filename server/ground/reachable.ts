import type { NetworkInterfaceInfo } from 'node:os'

const isLoopback = (hostname: string) => hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
const everywhere = ['::', '0.0.0.0']
/** Interfaces behind which no phone of the shop is: containers, bridges, tunnels. */
const inside = /^(?:docker|br-|veth|virbr|vmnet|tun|tap|tailscale|zt|utun)/
const isPrivate = (address: string) => /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(address)

/** What a request and the machine say about the site's address. */
export interface Reached {
  /** The origin that the request was sent to. */ origin: string
  /** The site's own origins, if the operator has named some. */ configured: readonly string[]
  /** The address that the server listens on. */ listens: string | undefined
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>
}

/** Where the process may not ask the system for them (a sandbox without netlink), it knows of none. */
export function interfacesOf(ask: () => Reached['interfaces']): Reached['interfaces'] {
  try {
    return ask()
  } catch {
    return {}
  }
}

/**
 * The site's origins as another device in the shop can open it, the likeliest first. `localhost` means this machine
 * alone: in its place come the configured origins, or this machine's addresses in its networks where the server listens
 * on them.
 */
export function reachableOrigins({ origin, configured, listens, interfaces }: Reached): string[] {
  const url = new URL(origin)
  if (!isLoopback(url.hostname)) return [origin]
  if (configured.length > 0) return [...configured]
  if (!listens || !everywhere.includes(listens)) return [origin]
  const own = Object.entries(interfaces)
    .filter(([name]) => !inside.test(name))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
    .map(({ address }) => address)
    .sort((one, other) => Number(isPrivate(other)) - Number(isPrivate(one)))
  if (own.length === 0) return [origin]
  return [...new Set(own)].map((address) => {
    url.hostname = address
    return url.origin
  })
}
