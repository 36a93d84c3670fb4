import type { ScreenReport } from '../../order/views.ts'
import type { Core } from './core.ts'
import { createTimers } from './timers.ts'
import type { Link, Painted } from './types.ts'
import type { Up } from '../messages.ts'

/** Far below the server's limit of 20 messages/s, whatever a page does. */
const spacingMs = 250
const retryMs = 3_000
/** Orders named in one message: `maxNamed` of messages.ts, copied here so that a phone need not load that file. */
const maxNamed = 200

/**
 * What a screen reports about itself. Only the latest report counts, so nothing queues. It is kept and sent again on
 * every new connection, over any transport; otherwise the counter would raise the alarm for orders that are on the
 * screen.
 */
export function createOutbox({ options, io, feed }: Core, route: () => Link | null) {
  const { stream, device } = options
  const timers = createTimers(io)
  let position: number | null = null
  let painted: Painted | null = null
  /** Orders already named on this connection. */
  let named = new Set<string>()
  let report: ScreenReport | null = null
  let unsent = { shown: false, report: false }
  let posting = false

  async function post(name: 'shown' | 'report', body: object) {
    posting = true
    const taken = await io.post(name, body).catch(() => false)
    posting = false
    if (!taken) {
      unsent[name] = true
      if (name === 'shown') named.clear()
    }
    if (unsent.shown || unsent.report) timers.set('flush', taken ? spacingMs : retryMs, flush)
  }

  function say(link: Link, name: 'shown' | 'report', body: object, message: Up) {
    unsent[name] = false
    timers.set('flush', spacingMs, flush)
    if (link.transport === 'websocket') link.send(message)
    else void post(name, { ...body, device })
  }

  function sayShown(link: Link, position: number) {
    const fresh = unnamed()
    const orders = fresh.slice(0, maxNamed)
    for (const id of orders) named.add(id)
    const body = painted ? { position, orders, duty: painted.duty } : { position }
    say(link, 'shown', body, { kind: 'shown', stream, ...body })
    unsent.shown = fresh.length > orders.length
  }
  const unnamed = () => painted?.orders.filter((id) => !named.has(id)) ?? []

  function flush() {
    const link = route()
    if (!link || posting || timers.has('flush')) return
    if (unsent.shown && position !== null) sayShown(link, position)
    else if (unsent.report && report) say(link, 'report', report, { kind: 'report', ...report })
  }

  return {
    shown(to: number, now?: Painted) {
      if (to > feed.position()) return
      if (JSON.stringify(now?.duty) !== JSON.stringify(painted?.duty)) named.clear()
      painted = now ?? null
      // An order that left the screen and comes back is named again.
      if (now) named = new Set(now.orders.filter((id) => named.has(id)))
      if (to <= (position ?? -1) && unnamed().length === 0) return
      position = Math.max(position ?? 0, to)
      unsent.shown = true
      flush()
    },
    report(next: ScreenReport) {
      report = next
      unsent.report = true
      flush()
    },
    /** A connection has become live: it knows nothing of us yet. */
    resend() {
      named.clear()
      unsent = { shown: true, report: true }
      flush()
    },
    /** A position of another log proves nothing in this one. */
    forget() {
      position = null
      painted = null
    },
    close: timers.clearAll,
  }
}
