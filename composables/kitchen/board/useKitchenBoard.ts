import type { Ref } from 'vue'
import type { ScreenSettings } from '#shared/kitchen/screen-settings'
import type { Shape } from '#shared/kitchen/rail-shape'
import type { Duty } from '#shared/order/duty'
import type { Ticket } from '#shared/order/views'
import type { LiveStream } from '~/composables/useLiveStream'
import type { useKitchenStore } from '~/stores/kitchen'
import type { Packing } from '~/composables/kitchen/board/packing'
import { useDuty } from '~/composables/kitchen/board/useDuty'
import { nothingPainted, usePainted } from '~/composables/kitchen/board/usePainted'
import { useRail } from '~/composables/kitchen/board/useRail'
import { useScreenTickets } from '~/composables/kitchen/board/useScreenTickets'
import { useShape } from '~/composables/kitchen/board/useShape'

/** The organ that hangs tickets: tickets → packing → places → painted. */
export interface KitchenBoard extends Packing {
  /** All open or freshly cancelled tickets of this screen, in due order. */
  tickets: Readonly<Ref<readonly Ticket[]>>
  /** A ticket with the lines that this screen answers for; null when there are none. */
  here: (ticket: Ticket) => Ticket | null
  /** What this screen answers for, by its settings. */
  duty: Readonly<Ref<Duty>>
  /** It shows the other share's orders as well, for nobody else does. */
  standsIn: Readonly<Ref<boolean>>
  shape: Readonly<Ref<Shape>>
  /** Key of the slip that somebody has chosen, for 25 s after the last step. */
  picked: Readonly<Ref<string | null>>
  /** Chooses a slip, which keeps its page from turning away. */
  pick: (key: string | null) => void
  /** Takes a cancelled ticket off before its minute is over. */
  dismiss: (ticket: Ticket) => void
}

/** How long a chosen ticket stays chosen when nothing follows, ms. */
const idleMs = 25_000

export function useKitchenBoard({
  store,
  settings,
  now,
  live,
}: {
  store: ReturnType<typeof useKitchenStore>
  settings: Readonly<Ref<ScreenSettings>>
  now: Readonly<Ref<number>>
  live: Pick<LiveStream, 'position' | 'shown'>
}): KitchenBoard {
  const { duty, standsIn } = useDuty({ store, settings })
  const { tickets, touched, here, dismiss } = useScreenTickets({ store, duty, standsIn, now })
  const shape = useShape(settings)
  const { picked, pick } = usePick()
  const painted = shallowRef(nothingPainted)
  const rail = useRail({ tickets, touched, shape, settings, now, picked, painted })
  usePainted({ tickets, visible: rail.hung, painted, duty, position: live.position, shown: live.shown })
  return { tickets, here, duty, standsIn, shape, ...rail, picked, pick, dismiss }
}

function usePick() {
  const picked = shallowRef<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  function pick(key: string | null) {
    picked.value = key
    clearTimeout(timer)
    if (key !== null) timer = setTimeout(() => (picked.value = null), idleMs)
  }
  onScopeDispose(() => clearTimeout(timer))
  return { picked, pick }
}
