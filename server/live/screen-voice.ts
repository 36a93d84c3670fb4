import type { ScreenReport } from '../../shared/order/views.ts'
import type { Logger } from '../ground/logger.ts'
import type { Display, Shown, Viewer } from './display.ts'

/** How many orders' proofs may wait for a locked database, and how many duties a screen may have had meanwhile. */
const maxWaiting = 2_000
const maxDuties = 8

/**
 * What a kitchen screen reports over one connection. Only the latest report counts. A locked or full database must not
 * cost the screen its connection or hold up the messages behind, so storing is tried again every second (LOG-8).
 */
export function createScreenVoice({
  display,
  logger,
  viewer,
}: {
  display: Display
  logger: Logger
  viewer: () => Viewer | null
}) {
  /** What was painted and is not stored yet: one message for each duty. */
  let painted: Shown[] = []
  /** Null: only that it is here. Undefined: nothing to report. */
  let report: ScreenReport | null | undefined
  let writing = false

  async function flush() {
    if (writing || (painted.length === 0 && report === undefined)) return
    writing = true
    try {
      for (let who = viewer(); who && (painted.length > 0 || report !== undefined); who = viewer()) {
        const [next] = painted
        if (next) {
          await display.shown(who, next)
          painted = painted.filter((one) => one !== next)
        } else {
          const said = report!
          await display.report(who, said)
          if (report === said) report = undefined
        }
      }
    } catch (error) {
      logger.warn(
        { code: (error as { code?: string }).code ?? String(error) },
        'what a screen said could not be kept; it is tried again',
      )
    } finally {
      writing = false
    }
  }

  return {
    shown(said: Shown) {
      painted = addShown(painted, said)
      void flush()
    },
    report(said: ScreenReport | null) {
      report = said ?? report ?? null
      void flush()
    },
    /** Tries again to store what could not be stored. */
    again: () => void flush(),
  }
}

/** Proofs that wait together become one: the later position, and all orders of the same duty. */
function addShown(waiting: readonly Shown[], { position, orders, duty }: Shown): Shown[] {
  const same = (one: Shown) =>
    (one.orders === undefined) === (orders === undefined) && JSON.stringify(one.duty) === JSON.stringify(duty)
  const before = waiting.find(same)
  const named = orders && [...new Set([...(before?.orders ?? []), ...orders])].slice(-maxWaiting)
  return [
    ...waiting.filter((one) => one !== before).slice(-maxDuties),
    { position: Math.max(before?.position ?? 0, position), orders: named, duty },
  ]
}
