import { toValue } from 'vue'
import type { MaybeRefOrGetter } from 'vue'

/**
 * Writes a moment (ISO 8601 or ms) as the clock on the pizzeria's wall shows it, wherever the visitor is. `withDay` is
 * for moments that may lie on another day, `seconds` where the order of events matters.
 */
export function useTimeOfDay(
  timezone: MaybeRefOrGetter<string | undefined>,
  { withDay = false, seconds = false } = {},
) {
  const { locale } = useI18n()
  const format = computed(
    () =>
      new Intl.DateTimeFormat(locale.value === 'en' ? 'en-GB' : locale.value, {
        weekday: withDay ? 'long' : undefined,
        hour: '2-digit',
        minute: '2-digit',
        second: seconds ? '2-digit' : undefined,
        timeZone: toValue(timezone),
      }),
  )
  return (time: string | number) => format.value.format(new Date(time))
}
