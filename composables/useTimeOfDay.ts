import { toRaw, toValue } from 'vue'
import type { MaybeRefOrGetter } from 'vue'

/**
 * Writes a moment (ISO 8601 or ms) as the clock on the pizzeria's wall shows it, wherever the visitor is. `withDay` is
 * for moments that may lie on another day, `seconds` where the order of events matters. `written` is for a page's first
 * paint: what the server has written is taken over, because a phone needs 100 ms for its first use of `Intl`.
 */
export function useTimeOfDay(
  timezone: MaybeRefOrGetter<string | undefined>,
  { withDay = false, seconds = false, written = false } = {},
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
  const write = (time: string | number) => format.value.format(new Date(time))
  if (!written) return write
  const known = useState<Record<string, string>>('times', () => ({}))
  return (time: string | number) => {
    const key = [locale.value, toValue(timezone), withDay, time].join(' ')
    const words = toRaw(known.value)
    if (import.meta.server) words[key] ??= write(time)
    return words[key] ?? write(time)
  }
}
