import type { ScreenReport } from '../order/views.ts'
import type { ScreenSettings } from './screen-settings.ts'

/** A kitchen screen: how it is set up, and how it was when last heard of. */
export interface Screen {
  pizzeria: string
  /** The device's own id, made once in its browser. */
  id: string
  name: string
  paired: boolean
  settings: ScreenSettings
  connected: boolean
  /** ms since 1970 */
  seenAt: number
  shownPosition: number
  report: ScreenReport
  /** When somebody took it away, ms since 1970; null: nobody did. */
  removedAt: number | null
}
