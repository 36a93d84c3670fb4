import { shapeOf, type Shape } from '#shared/kitchen/rail-shape'
import type { ScreenSettings } from '#shared/kitchen/screen-settings'
import type { Ref } from 'vue'

/** What fits on this screen. The server draws for full HD; the browser measures once it is mounted. */
export function useShape(settings: Readonly<Ref<ScreenSettings>>) {
  const viewport = shallowRef({ width: 1920, height: 1080 })
  function measure() {
    viewport.value = { width: window.innerWidth, height: window.innerHeight }
  }
  onMounted(measure)
  if (import.meta.client) useEventListener(window, 'resize', measure)
  return computed<Shape>(() =>
    shapeOf({ distance: settings.value.distance, diagonal: settings.value.diagonal, ...viewport.value }),
  )
}
