import type { LiveStream } from '~/composables/useLiveStream'
import { useFreshness } from '~/composables/live/useFreshness'
import { useKitchenBoard } from '~/composables/kitchen/board/useKitchenBoard'
import { useKitchenEars } from '~/composables/kitchen/ears/useKitchenEars'
import { useKitchenHands } from '~/composables/kitchen/hands/useKitchenHands'
import { useAwake } from '~/composables/kitchen/useAwake'
import { provideKitchen } from '~/composables/kitchen/useKitchen'
import { useOfflineCache } from '~/composables/kitchen/useOfflineCache'
import { useQuietReload } from '~/composables/kitchen/useQuietReload'
import { useScreenHealth } from '~/composables/kitchen/useScreenHealth'
import type { ScreenSetup } from '~/composables/kitchen/useScreenSettings'
import { useKitchenStore } from '~/stores/kitchen'

/** Puts the organs of the kitchen screen together, and hands them to its components. */
export function useKitchenScreen({
  pizzeria,
  live,
  setup,
}: {
  pizzeria: string
  live: LiveStream
  setup: ScreenSetup
}) {
  const store = useKitchenStore()
  const { settings, keys } = setup
  const setupOpen = ref(useRoute().query.setup === '1')

  const stale = useOfflineCache({ pizzeria, live, store })
  const { now, confirmedAt, silence, freshness, isLive } = useFreshness(live, stale)
  const board = useKitchenBoard({ store, settings, now, live })
  const ears = useKitchenEars({ store, board, now, settings, freshness })
  const hands = useKitchenHands({
    store,
    board,
    ears,
    settings,
    keys,
    isFree: () => !setupOpen.value,
    openSetup: () => (setupOpen.value = true),
  })

  useScreenHealth({ live, audio: ears.audio, page: board.page, duty: board.duty, ...useAwake() })
  const { lostSound } = useQuietReload({
    live,
    queue: board.tickets,
    busy: () => setupOpen.value || hands.undoable.value.pending.length > 0,
    armed: () => ears.audio.value === 'armed',
  })
  const claims = { now, freshness, isLive, confirmedAt, silence }
  const kitchen = { pizzeria, store, live, setup, ...claims, board, ears, hands }
  provideKitchen(kitchen)
  return { kitchen, setupOpen, lostSound }
}
