import { amendInput } from '#shared/order/amend'
import { toCustomerOrder } from '#shared/order/views'
import { amendOrder } from '~/server/orders/amend'
import { trackingParams } from '~/server/utils/params'

/** Its customer changes it until somebody has started, where the pizzeria lets them. */
export default defineApi(async (event, app) => {
  const which = readParams(event, trackingParams)
  const key = readOptionalKey(event)
  const input = await readBodyAs(event, amendInput)
  const { order, difference } = await amendOrder(app, { which, pizzeria: null, key, input, actor: 'customer' })
  return { order: toCustomerOrder(order), difference }
})
