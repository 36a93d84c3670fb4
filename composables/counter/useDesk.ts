import type { Ref } from 'vue'
import type { Order } from '#shared/order/order'
import type { Role } from '#shared/order/roles'
import { pageContext } from '~/composables/pageContext'
import type { DeskMenu } from '~/composables/counter/useDeskMenu'
import type { PadDraft } from '~/composables/counter/usePad'
import type { useBell } from '~/composables/counter/useBell'
import type { DeskAlarm } from '~/composables/counter/useDeskAlarm'
import type { DeskFormats } from '~/composables/counter/useDeskFormats'
import type { useHeldOrders } from '~/composables/counter/useHeldOrders'
import type { DeskLanes } from '~/composables/counter/useLanes'
import type { OrderActions } from '~/composables/counter/useOrderActions'
import type { useOwed } from '~/composables/counter/useOwed'
import type { Payments } from '~/composables/counter/usePayments'
import type { LiveStream } from '~/composables/useLiveStream'
import type { useCounterStore } from '~/stores/counter'

/** What is being printed: one order's ticket, or the whole queue on one sheet (the paper fallback). */
export type Sheet = { name: 'ticket'; order: Order } | { name: 'queue' }

/** What slides over the desk. */
export type Panel = 'stock' | 'pace' | 'kitchen' | 'keys' | 'owed'

/** What every part of the counter may know: the day's facts, the one clock, and what may be done. */
export interface Desk {
  store: ReturnType<typeof useCounterStore>
  live: LiveStream
  user: { name: string; role: Role }
  /** ms, the server's clock, ticking */
  now: Readonly<Ref<number>>
  formats: DeskFormats
  lanes: DeskLanes
  actions: OrderActions
  payments: Payments
  /** Whose money must be returned. */
  owed: ReturnType<typeof useOwed>
  /** Orders that wait for a yes because strangers brought too many. */
  held: ReturnType<typeof useHeldOrders>
  alarm: DeskAlarm
  bell: ReturnType<typeof useBell>
  panel: Ref<Panel | null>
  menu: DeskMenu
  /** The order that is being written: a new one, or one that is changed. */
  pad: Ref<{ order: Order | null } | null>
  /** A new one that was left half-written. */
  draft: Ref<PadDraft | null>
  /** The session has ended: the PIN pad comes back. */
  signedOut: () => void
  print: (sheet: Sheet) => void
}

export const { provide: provideDesk, use: useDesk } = pageContext<Desk>('counter')
