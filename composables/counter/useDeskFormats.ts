import type { Ref } from 'vue'
import type { Language } from '#shared/menu/menu'
import { useMoney } from '~/composables/useMoney'

export type DeskFormats = ReturnType<typeof useDeskFormats>

/** Times and sums in the reader's language and the pizzeria's time zone and currency. */
export function useDeskFormats(pizzeria: Readonly<Ref<{ timezone: string; currency: string } | null>>) {
  const { locale } = useI18n()
  const formatter = (options: Intl.DateTimeFormatOptions) =>
    computed(
      () => new Intl.DateTimeFormat(locale.value, { ...options, hourCycle: 'h23', timeZone: pizzeria.value?.timezone }),
    )
  const clock = formatter({ hour: '2-digit', minute: '2-digit' })
  const dayClock = formatter({ weekday: 'short', hour: '2-digit', minute: '2-digit' })
  const calendar = formatter({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' })
  return {
    language: computed(() => locale.value as Language),
    /** 19:40 */
    time: (at: string | number) => clock.value.format(new Date(at)),
    /** Sat 19:40 */
    dayTime: (at: string | number) => dayClock.value.format(new Date(at)),
    /** Sat, 28 November 2026 */
    date: (at: string | number) => calendar.value.format(new Date(at)),
    money: useMoney(() => pizzeria.value?.currency ?? 'EUR'),
  }
}
