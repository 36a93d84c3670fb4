import type { Screen } from '../../../shared/kitchen/screen.ts'
import { screenView, type ScreenView } from '../../../shared/order/views.ts'

/** A kitchen screen as the counter sees it. */
export const viewScreen = (screen: Screen): ScreenView =>
  screenView.parse({ ...screen, seenAt: new Date(screen.seenAt).toISOString() })
