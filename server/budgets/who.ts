import { createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'

/**
 * The address that is counted. Whoever has an IPv6 network has 2^64 addresses, so only its first 64 bits count. An IPv4
 * address that came over IPv6 counts as the IPv4 address.
 */
export function addressKey(address: string): string {
  const plain = address.replace(/%.*$/, '').toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)
  if (mapped) return mapped[1]!
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.split('::')
  const parts = (text: string) => (text ? text.split(':') : [])
  const front = parts(head)
  const back = tail === undefined ? [] : parts(tail)
  const groups = [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

/** A hash of who somebody is: enough to recognise them for an hour or two, and nothing that can be read. */
export const hashWho = (secret: string, who: string) =>
  createHmac('sha256', secret).update(`who ${who}`).digest('base64url').slice(0, 16)
