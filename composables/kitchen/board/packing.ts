import type { Ref } from 'vue'
import type { ScreenSettings } from '#shared/kitchen/screen-settings'
import type { Slip } from '#shared/kitchen/parts'
import type { Shape } from '#shared/kitchen/rail-shape'
import type { Ticket } from '#shared/order/views'
import type { PaintedTickets } from '~/composables/kitchen/board/usePainted'

/** What the packing is given. All of it is read only: a packing answers with places, and with nothing else. */
export interface PackingInput {
  /** In due order (KIT-1). The same array while nothing changes. */
  tickets: Readonly<Ref<readonly Ticket[]>>
  /** Ids of tickets that were just changed, cancelled or recalled: they are brought into view. */
  touched: Readonly<Ref<readonly string[]>>
  shape: Readonly<Ref<Shape>>
  settings: Readonly<Ref<ScreenSettings>>
  /** ms, the server's clock, ticking */
  now: Readonly<Ref<number>>
  /** Key of the slip that somebody is at work on; its page stays (KIT-32). Null: nobody is. */
  picked: Readonly<Ref<string | null>>
  /** What a visible page has painted; a new value each time. */
  painted: Readonly<Ref<PaintedTickets>>
}

/** What a packing answers. The other parts of the screen know no more of it than this. */
export interface Packing {
  /** The columns of the rail, from the one where the eye starts; each from top to bottom. */
  columns: Readonly<Ref<readonly (readonly Slip[])[]>>
  /** What hangs, in reading order: the key 1 means the first. Once it stands in the document of a visible page, it
   * counts as painted (DSP-1). */
  hung: Readonly<Ref<readonly Slip[]>>
  /** What does not hang now, in due order: the queue at the edge. An entry there proves no display. */
  waiting: Readonly<Ref<readonly Ticket[]>>
  /** For people: which page of how many the last column shows. */
  page: Readonly<Ref<{ page: number; of: number }>>
  turn: (step: 'forward' | 'back') => void
}
