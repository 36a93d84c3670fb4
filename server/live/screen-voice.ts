import type { ScreenReport } from '../../shared/order/views.ts'
import type { Logger } from '../ground/logger.ts'
import type { Display, Viewer } from './display.ts'

/**
 * What a kitchen screen says of itself over one connection. Only the latest counts. A database that is locked or full
 * must not cost the screen its connection, nor hold up the messages behind: it is asked again every second (LOG-8).
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
  let position: number | null = null
  /** Null: that it is here, no more. Undefined: nothing to say. */
  let report: ScreenReport | null | undefined
  let writing = false

  async function flush() {
    if (writing || (position === null && report === undefined)) return
    writing = true
    try {
      for (let who = viewer(); who && (position !== null || report !== undefined); who = viewer()) {
        if (position !== null) {
          const to = position
          await display.shown(who, to)
          if (position === to) position = null
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
    shown(to: number) {
      position = Math.max(position ?? 0, to)
      void flush()
    },
    report(said: ScreenReport | null) {
      report = said ?? report ?? null
      void flush()
    },
    /** Tries again what could not be kept. */
    again: () => void flush(),
  }
}
