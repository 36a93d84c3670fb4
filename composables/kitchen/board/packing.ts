import type { Ref } from 'vue'
import type { ScreenSettings } from '#shared/kitchen/screen-settings'
import type { Slip } from '#shared/kitchen/slips'
import type { Shape } from '#shared/kitchen/type-size'
import type { Ticket } from '#shared/order/views'

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
  /** Key of the slip that somebody is at work on; its page stays (KIT-4). Null: nobody is. */
  picked: Readonly<Ref<string | null>>
  /** Ids of tickets that a visible page has painted; a new set each time. */
  painted: Readonly<Ref<ReadonlySet<string>>>
}

/** What a packing answers. The other parts of the screen know no more of it than this. */
export interface Packing {
  /** Tickets large enough to be made from, in reading order: the key 1 means the first of them. */
  large: Readonly<Ref<readonly Slip[]>>
  /** Tickets of the tail, in short. */
  compact: Readonly<Ref<readonly Slip[]>>
  /** What counts as painted once it stands in the document of a visible page (DSP-1). */
  visible: Readonly<Ref<readonly Slip[]>>
  /** For people: which page of how many. */
  page: Readonly<Ref<{ page: number; of: number }>>
  turn: (step: 'forward' | 'back') => void
}
