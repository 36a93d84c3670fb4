/**
 * Where a request comes from. Anybody may write an `X-Forwarded-For`, and each proxy adds at its end whom it got the
 * request from: with `proxies` of our own in front, the entry that many from the end is the first that somebody of ours
 * has written.
 */
export function addressOf(remote: string | undefined, forwarded: string | null | undefined, proxies: number): string {
  if (proxies === 0 || !forwarded) return remote ?? ''
  const hops = forwarded.split(',').map((hop) => hop.trim())
  return hops.at(-Math.min(proxies, hops.length)) || (remote ?? '')
}
