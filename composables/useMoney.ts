import { toValue } from 'vue'
import type { MaybeRefOrGetter } from 'vue'

/**
 * Writes minor units as money in the visitor's language: `1250` becomes `€12.50`, `12,50 €`. The currency decides how
 * many digits are minor (yen has none). Node and browsers disagree on which narrow space stands before the sign, so one
 * is used for both; otherwise the page would differ from what the server sent.
 */
export function useMoney(currency: MaybeRefOrGetter<string>) {
  const { locale } = useI18n()
  const format = computed(() => new Intl.NumberFormat(locale.value, { style: 'currency', currency: toValue(currency) }))
  return (minor: number) => {
    const digits = format.value.resolvedOptions().maximumFractionDigits ?? 2
    return format.value.format(minor / 10 ** digits).replace(/[\u00A0\u202F]/g, '\u00A0')
  }
}
