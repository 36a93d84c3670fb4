import { toValue } from 'vue'
import type { MaybeRefOrGetter } from 'vue'

/**
 * Writes a moment (ISO 8601 or ms) of the past as a date and a time of the clock on the pizzeria's wall, wherever the
 * reader is. `seconds`: where the order of events matters.
 */
export function useMoment(timezone: MaybeRefOrGetter<string | undefined>, { seconds = false } = {}) {
  const { locale } = useI18n()
  const format = computed(
    () =>
      new Intl.DateTimeFormat(locale.value === 'en' ? 'en-GB' : locale.value, {
        dateStyle: 'short',
        timeStyle: seconds ? 'medium' : 'short',
        timeZone: toValue(timezone),
      }),
  )
  return (time: string | number) => format.value.format(new Date(time))
}
