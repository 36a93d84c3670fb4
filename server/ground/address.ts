/**
 * The client's address of a request. Anybody can send an `X-Forwarded-For`, and each proxy appends the address that it
 * got the request from. With `proxies` proxies of our own in front, the entry that many places from the end is the
 * first one that one of them wrote.
 */
export function addressOf(remote: string | undefined, forwarded: string | null | undefined, proxies: number): string {
  if (proxies === 0 || !forwarded) return remote ?? ''
  const hops = forwarded.split(',').map((hop) => hop.trim())
  return hops.at(-Math.min(proxies, hops.length)) || (remote ?? '')
}
