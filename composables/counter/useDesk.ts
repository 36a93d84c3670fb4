import type { Ref } from 'vue'
import type { Order } from '#shared/order/order'
import type { Role } from '#shared/order/roles'
import { pageContext } from '~/composables/pageContext'
import type { useBell } from '~/composables/counter/useBell'
import type { DeskAlarm } from '~/composables/counter/useDeskAlarm'
import type { DeskFormats } from '~/composables/counter/useDeskFormats'
import type { useHeldOrders } from '~/composables/counter/useHeldOrders'
import type { DeskLanes } from '~/composables/counter/useLanes'
import type { OrderActions } from '~/composables/counter/useOrderActions'
import type { LiveStream } from '~/composables/useLiveStream'
import type { useCounterStore } from '~/stores/counter'

/** What is being printed: one order's ticket, or the whole queue on one sheet (the paper fallback). */
export type Sheet = { name: 'ticket'; order: Order } | { name: 'queue' }

/** What slides over the desk. */
export type Panel = 'stock' | 'pace' | 'kitchen' | 'keys'

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
  /** Orders that wait for a yes because strangers brought too many. */
  held: ReturnType<typeof useHeldOrders>
  alarm: DeskAlarm
  bell: ReturnType<typeof useBell>
  panel: Ref<Panel | null>
  print: (sheet: Sheet) => void
}

export const { provide: provideDesk, use: useDesk } = pageContext<Desk>('counter')
