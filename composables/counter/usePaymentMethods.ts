import type { PaymentMethod } from '#shared/order/money'
import { paymentMethods } from '#shared/order/money'

/** The ways in which money comes and goes, in words. */
export function usePaymentMethods() {
  const { t } = useI18n()
  const words = computed<Record<PaymentMethod, string>>(() => ({
    cash: t('counter.method.cash'),
    card: t('counter.method.card'),
    voucher: t('counter.method.voucher'),
    other: t('counter.method.other'),
  }))
  return computed(() => paymentMethods.map((id) => ({ id, label: words.value[id] })))
}
