import type { Ref } from 'vue'
import type { Freshness } from '#shared/live/freshness'
import type { LiveStream } from '~/composables/useLiveStream'
import type { KitchenBoard } from '~/composables/kitchen/board/useKitchenBoard'
import type { KitchenEars } from '~/composables/kitchen/ears/useKitchenEars'
import type { KitchenHands } from '~/composables/kitchen/hands/useKitchenHands'
import type { ScreenSetup } from '~/composables/kitchen/useScreenSettings'
import type { useKitchenStore } from '~/stores/kitchen'
import { pageContext } from '~/composables/pageContext'

/**
 * What every part of the kitchen screen may know. Arrows between the organs point one way: the board knows neither ears
 * nor hands, the ears read the board, and the hands command both.
 */
export interface Kitchen {
  pizzeria: string
  store: ReturnType<typeof useKitchenStore>
  live: LiveStream
  setup: ScreenSetup
  /** ms, the server's clock, ticking once a second */
  now: Readonly<Ref<number>>
  freshness: Readonly<Ref<Freshness>>
  /** Whether the screen may say LIVE. */
  isLive: Readonly<Ref<boolean>>
  /** When the server was last heard: ms, the server's clock; 0 for never. */
  confirmedAt: Readonly<Ref<number>>
  /** ms since then */
  silence: Readonly<Ref<number>>
  board: KitchenBoard
  ears: KitchenEars
  hands: KitchenHands
}

export const { provide: provideKitchen, use: useKitchen } = pageContext<Kitchen>('kitchen')
