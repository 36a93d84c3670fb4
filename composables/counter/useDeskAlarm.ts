import { numberOf } from '#shared/order/number'
import { alarmLevel } from '#shared/order/lanes'
import type { AlarmLevel } from '~/composables/useAlarm'
import { useAlarm } from '~/composables/useAlarm'
import type { DeskLanes } from '~/composables/counter/useLanes'
import type { useCounterStore } from '~/stores/counter'

export type DeskAlarm = ReturnType<typeof useDeskAlarm>

/** The red alarm: orders that no kitchen screen has proved to show. */
export function useDeskAlarm(store: ReturnType<typeof useCounterStore>, { all }: DeskLanes) {
  const { t, locale } = useI18n()
  const missing = computed(() =>
    all.value.first.filter((order) => order.state === 'queued' && (store.unseen[order.id]?.level ?? 0) >= alarmLevel),
  )
  const level = computed<AlarmLevel>(() =>
    missing.value.length === 0 ? 0 : missing.value.some((order) => store.unseen[order.id]?.level === 3) ? 3 : 2,
  )
  const { armed, arm, quiet, quietUntil } = useAlarm(level, () => ({
    text: t(
      'counter.alarm.spoken',
      { list: missing.value.map((order) => numberOf(order)).join(', ') },
      missing.value.length,
    ),
    language: locale.value,
  }))
  return { missing, level, armed, arm, quiet, quietUntil }
}
