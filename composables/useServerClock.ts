import type { ShallowRef } from 'vue'
import type { LiveStream } from '~/composables/useLiveStream'

type Clock = Pick<LiveStream, 'serverNow'>
const ticking = new WeakMap<Clock, { now: ShallowRef<number>; users: number; timer?: ReturnType<typeof setInterval> }>()

/**
 * The server's time in ms, once a second: ages on a screen must not depend on the tablet's own clock. All components of
 * a page share one timer, so that hundreds of tickets count in step.
 */
export function useServerClock(live: Clock): Readonly<ShallowRef<number>> {
  const clock = ticking.get(live) ?? { now: shallowRef(live.serverNow()), users: 0 }
  ticking.set(live, clock)

  function tick() {
    clock.now.value = live.serverNow()
  }
  onMounted(() => {
    tick()
    if (clock.users++ === 0) clock.timer = setInterval(tick, 1_000)
  })
  onUnmounted(() => {
    if (--clock.users === 0) clearInterval(clock.timer)
  })
  return clock.now
}
