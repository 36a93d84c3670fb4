import { toValue } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import type { CustomerOrder } from '#shared/order/views'
import { lapsedReason } from '#shared/order/waiting'
import { useTimeOfDay } from '~/composables/useTimeOfDay'

/**
 * What the customer is told, from facts alone: a state that staff set, the stored promise, the server's clock. `now` is
 * ms.
 */
export function useOrderWords(
  order: MaybeRefOrGetter<
    Pick<CustomerOrder, 'state' | 'recalledAt' | 'mode' | 'table' | 'cancelReason' | 'promiseAt'>
  >,
  timezone: MaybeRefOrGetter<string>,
  now: MaybeRefOrGetter<number>,
) {
  const { t } = useI18n()
  const time = useTimeOfDay(timezone, { written: true })
  const late = computed(() => toValue(now) > Date.parse(toValue(order).promiseAt))
  const promised = () =>
    late.value
      ? t('customer.tracking.late', { time: time(toValue(order).promiseAt) })
      : t('customer.tracking.promise', { time: time(toValue(order).promiseAt) })

  const headline = computed(() => {
    const { state, recalledAt } = toValue(order)
    if (state === 'making' && recalledAt) return t('customer.tracking.back')
    switch (state) {
      case 'scheduled':
        return t('customer.tracking.scheduled')
      case 'pending':
        return t('customer.tracking.pending')
      case 'queued':
        return t('customer.tracking.queued')
      case 'making':
        return t('customer.tracking.making')
      case 'baking':
        return t('customer.tracking.baking')
      case 'ready':
        return t('customer.tracking.ready')
      case 'collected':
        return t('customer.tracking.collected')
      case 'rejected':
        return t('customer.tracking.rejected')
      case 'cancelled':
        return t('customer.tracking.cancelled')
      case 'expired':
        return t('customer.tracking.expired')
      default:
        return state satisfies never
    }
  })
  const readyWords = ({ mode, table }: Pick<CustomerOrder, 'mode' | 'table'>) => {
    switch (mode) {
      case 'pickup':
        return t('customer.tracking.readyPickup')
      case 'table':
        return table ? t('customer.tracking.readyTable', { table }) : t('customer.share.readyTable')
      default:
        return mode satisfies never
    }
  }
  const explained = computed(() => {
    const { state, recalledAt, mode, table, cancelReason } = toValue(order)
    switch (state) {
      case 'queued':
        return `${promised()} ${t('customer.tracking.queuedLong')}`
      case 'making':
        return recalledAt ? t('customer.tracking.backLong') : promised()
      case 'pending':
        return t('customer.tracking.pendingLong')
      case 'scheduled':
      case 'baking':
        return promised()
      case 'ready':
        return readyWords({ mode, table })
      case 'collected':
        return t('customer.tracking.collectedLong')
      case 'rejected':
      case 'cancelled':
        if (cancelReason === lapsedReason) return t('customer.tracking.lapsed')
        return cancelReason
          ? t('customer.tracking.reason', { reason: cancelReason })
          : t('customer.tracking.cancelledLong')
      case 'expired':
        return t('customer.tracking.expiredLong')
      default:
        return state satisfies never
    }
  })
  return { headline, explained }
}
