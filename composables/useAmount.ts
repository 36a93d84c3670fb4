import { toValue } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import { minorDigits, readAmount, writeAmount } from '#shared/order/amount'

/** Sums in a field: how many digits and which separator the currency and the visitor's language have. */
export function useAmount(currency: MaybeRefOrGetter<string>) {
  const { locale } = useI18n()
  const format = computed(() => new Intl.NumberFormat(locale.value, { style: 'currency', currency: toValue(currency) }))
  const digits = () => minorDigits(toValue(currency))
  const point = () => format.value.formatToParts(1.1).find(({ type }) => type === 'decimal')?.value ?? '.'
  return {
    /** Minor units, or null when it is no sum. */
    read: (written: string) => readAmount(written, digits()),
    write: (minor: number) => writeAmount(minor, digits(), point()),
  }
}
