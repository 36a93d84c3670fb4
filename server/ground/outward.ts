import { lookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { BlockList, isIP, isIPv4 } from 'node:net'

/** Addresses that are not on the public internet (IANA special-purpose registries, RFC 6890). */
const inside = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(network, bits)
/** Of IPv6 only 2000::/3 is given out; within it these lead elsewhere. */
const outsideIpv6 = new BlockList()
outsideIpv6.addSubnet('2000::', 3, 'ipv6')
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inside.addSubnet(network, bits, 'ipv6')

/** Whether an IP address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '')
  if (isIPv4(plain)) return !inside.check(plain)
  return isIP(plain) === 6 && outsideIpv6.check(plain, 'ipv6') && !inside.check(plain, 'ipv6')
}

export class Inside extends Error {
  override name = 'Inside'
}

/** Whether an address leads into our own network now. A name that nobody knows leads nowhere. */
export async function leadsInside(url: string): Promise<boolean> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  if (isIP(host)) return !isPublicAddress(host)
  const found = await new Promise<{ address: string }[]>((resolve) =>
    lookup(host, { all: true }, (error, addresses) => resolve(error ? [] : addresses)),
  )
  return found.some(({ address }) => !isPublicAddress(address))
}

export interface OutwardRequest {
  url: string
  method: 'POST'
  headers: Record<string, string | number>
  body: Buffer
  /** Addresses of the server's own network are allowed, because an operator has named this one. */
  allowInside: boolean
  timeoutMs: number
}

/**
 * Sends one request to an address that somebody else has given. The name is looked up once, and the connection goes to
 * that very address if it is a public one, so that no name can lead into our own network (`Inside`). Redirects are not
 * followed, and the answer's body is not read. Returns the status; rejects when there is no answer.
 */
export function sendOutward({ url, method, headers, body, allowInside, timeoutMs }: OutwardRequest): Promise<number> {
  const { protocol, hostname } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  if (!allowInside && isIP(host) && !isPublicAddress(host))
    return Promise.reject(new Inside(`${host} is no public address`))
  const { request } = protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        headers: { ...headers, 'content-length': body.length },
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        lookup(name, options, answer) {
          lookup(name, { ...options, all: true }, (error, found) => {
            const addresses = error ? [] : found
            const refused = allowInside ? undefined : addresses.find(({ address }) => !isPublicAddress(address))
            if (error) answer(error, [])
            else if (refused) answer(new Inside(`${name} leads to ${refused.address}`), [])
            else if (options.all) answer(null, addresses)
            else answer(null, addresses[0]!.address, addresses[0]!.family)
          })
        },
      },
      (answer) => {
        answer.resume()
        answer.destroy()
        resolve(answer.statusCode!)
      },
    )
    sent.on('error', reject).end(body)
  })
}
