import { toValue } from 'vue'
import type { MaybeRefOrGetter } from 'vue'

/** By language and currency. Making one costs a phone more than all that is written with it. */
const formats = new Map<string, Intl.NumberFormat>()

function formatOf(locale: string, currency: string) {
  const key = `${locale} ${currency}`
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, { style: 'currency', currency })
  formats.set(key, format)
  return format
}

/**
 * Writes minor units as money in the visitor's language: `1250` becomes `€12.50`, `12,50 €`. The currency decides how
 * many digits are minor (yen has none). Node and browsers disagree on which narrow space stands before the sign, so one
 * is used for both; otherwise the page would differ from what the server sent.
 */
export function useMoney(currency: MaybeRefOrGetter<string>) {
  const { locale } = useI18n()
  const format = computed(() => formatOf(locale.value, toValue(currency)))
  return (minor: number) => {
    const digits = format.value.resolvedOptions().maximumFractionDigits ?? 2
    return format.value.format(minor / 10 ** digits).replace(/[\u00A0\u202F]/g, '\u00A0')
  }
}

/**
 * For a page whose parts wake up one by one: a phone needs up to 100 ms for its first use of `Intl`, which is a task of
 * its own, before the first part that writes a price.
 */
export function prepareMoney(currency: string) {
  const { locale } = useI18n()
  if (import.meta.client) requestIdleCallback(() => formatOf(locale.value, currency).format(0))
}
