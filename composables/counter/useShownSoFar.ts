import { useIntersectionObserver } from '@vueuse/core'
import { firstOfLane } from '#shared/order/lanes'

/** How many are drawn at once, so that no step keeps the page busy for long. */
const stepShown = 16
/** How near its end a list is drawn further: a screen's height below the window. */
const ahead = '0px 0px 100% 0px'

/**
 * The part of a long list that is drawn: its beginning, and more as soon as its end (the element of the template ref
 * `end`) comes near the window. What has been drawn stays, so that nothing moves under a finger.
 */
export function useShownSoFar<Item>(items: () => readonly Item[], end: string) {
  const limit = ref(firstOfLane)
  const shown = computed(() => items().slice(0, limit.value))
  const more = computed(() => Math.max(0, items().length - limit.value))
  const showMore = () => {
    limit.value += stepShown
  }
  const near = useTemplateRef<HTMLElement>(end)
  const isNear = shallowRef(false)
  useIntersectionObserver(
    near,
    ([entry]) => {
      isNear.value = entry?.isIntersecting === true
    },
    { rootMargin: ahead },
  )
  // Drawn further between two frames for as long as the end stays near.
  let frame = 0
  watch([isNear, more], () => {
    cancelAnimationFrame(frame)
    if (isNear.value && more.value > 0) frame = requestAnimationFrame(showMore)
  })
  onScopeDispose(() => import.meta.client && cancelAnimationFrame(frame))
  return { shown, more, showMore }
}
