import type { InjectionKey, Ref } from 'vue'
import type { Language } from '#shared/menu/menu'
import type { Order } from '#shared/order/order'
import type { useOrderActions } from '~/composables/useOrderActions'
import type { useCounterStore } from '~/stores/counter'

/** What is being printed: one order's ticket, or the whole queue on one sheet (the paper parachute). */
export type Sheet = { name: 'ticket'; order: Order } | { name: 'queue' }

/** What every card on the counter needs: the day's facts, the one clock, and what may be done. */
export interface Desk {
  store: ReturnType<typeof useCounterStore>
  actions: ReturnType<typeof useOrderActions>
  /** ms, the server's clock, ticking */
  now: Ref<number>
  print: (sheet: Sheet) => void
}

const key: InjectionKey<Desk> = Symbol('desk')

export const provideDesk = (desk: Desk) => provide(key, desk)

export function useDesk(): Desk {
  const desk = inject(key)
  if (!desk) throw new Error('useDesk needs a counter page around it')
  return desk
}

/** Times and sums in the reader's language and the pizzeria's time zone and currency. */
export function useFormats(place: () => { timezone: string; currency: string } | null) {
  const { locale } = useI18n()
  const language = computed(() => locale.value as Language)
  const clock = computed(
    () =>
      new Intl.DateTimeFormat(locale.value, {
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZone: place()?.timezone,
      }),
  )
  const dayClock = computed(
    () =>
      new Intl.DateTimeFormat(locale.value, {
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZone: place()?.timezone,
      }),
  )
  const sum = computed(
    () => new Intl.NumberFormat(locale.value, { style: 'currency', currency: place()?.currency ?? 'EUR' }),
  )
  return {
    language,
    /** 19:40 */
    time: (at: string | number) => clock.value.format(new Date(at)),
    /** Sat 19:40 */
    dayTime: (at: string | number) => dayClock.value.format(new Date(at)),
    /** From minor units; the currency's own number of digits. */
    money: (minor: number) => sum.value.format(minor / 10 ** (sum.value.resolvedOptions().maximumFractionDigits ?? 2)),
  }
}
