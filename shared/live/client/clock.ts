/**
 * The server's clock, seen from a machine whose own clock may be wrong by a day. Every timestamp bounds the offset
 * (server minus local): it was made before we got it and, when it answers a question of ours, after we asked. The
 * bounds are intersected, so the quickest round trip decides (as in NTP, RFC 5905). Bounds that contradict each other
 * mean that a clock was set; then the newest wins.
 */
export function createServerClock(changed: (offset: number) => void = () => {}) {
  let low = -Infinity
  let high = Infinity
  const offset = () => (low === -Infinity ? 0 : high === Infinity ? low : (low + high) / 2)

  function bound(from: number, to: number) {
    if (Number.isNaN(from)) return
    const before = low === -Infinity ? null : offset()
    const agree = from <= high && to >= low
    low = agree ? Math.max(low, from) : from
    high = agree ? Math.min(high, to) : to
    if (offset() !== before) changed(offset())
  }

  return {
    offset,
    /** A timestamp that came unasked: `stamp` ISO 8601 UTC, `received` ms on our clock. */
    oneWay: (stamp: string, received: number) => bound(Date.parse(stamp) - received, Infinity),
    /** A timestamp that answers what we asked at `sent`. */
    roundTrip: (stamp: string, sent: number, received: number) =>
      bound(Date.parse(stamp) - received, Date.parse(stamp) - sent),
  }
}
export type ServerClock = ReturnType<typeof createServerClock>
