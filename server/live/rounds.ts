/** The longest pause between two rounds of sending, ms. */
const maxRestMs = 15

/**
 * Everything that comes within one turn of the event loop leaves in one write per connection, because the system call
 * is the main cost. A round that took long is followed by a pause of the same length, in which commands are handled and
 * their events gather for the next round. With little to send there is no pause and no delay. Returns how to say that
 * there is something to send; `uptime` in ms.
 */
export function createRounds(uptime: () => number, send: () => void): () => void {
  let planned = false
  /** No round begins before this moment (`uptime`). */
  let restUntil = 0

  function round() {
    planned = false
    const started = uptime()
    send()
    const ended = uptime()
    restUntil = ended + Math.min(maxRestMs, ended - started)
  }
  return () => {
    if (planned) return
    planned = true
    const rest = restUntil - uptime()
    if (rest > 1) setTimeout(round, rest)
    else setImmediate(round)
  }
}
