import type { Ref } from 'vue'
import { standsIn, type Duty } from '#shared/order/duty'
import type { ScreenSettings } from '#shared/kitchen/screen-settings'
import { deviceId } from '~/composables/live/device'
import type { useKitchenStore } from '~/stores/kitchen'

interface Options {
  store: ReturnType<typeof useKitchenStore>
  settings: Readonly<Ref<ScreenSettings>>
}

/** What this screen answers for by its settings, and whether it stands in for the other share (KIT-20). */
export function useDuty({ store, settings }: Options) {
  const device = shallowRef('')
  onMounted(() => (device.value = deviceId()))
  const duty = computed<Duty>(() => {
    const { station, share, categories } = settings.value
    return { station, share, categories }
  })
  const others = computed(() =>
    Object.values(store.screens).flatMap((one) => (one.isServing && one.id !== device.value ? [one.duty] : [])),
  )
  return { duty, standsIn: computed(() => standsIn(duty.value, others.value)) }
}
