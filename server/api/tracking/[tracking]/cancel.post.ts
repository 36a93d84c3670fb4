import { toCustomerOrder } from '#shared/order/views'
import { cancelByCustomer } from '~/server/orders/change'
import { trackingParams } from '~/server/utils/params'
import { ownOrder } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Its customer cancels it, as long as nobody has started.',
  who: 'link',
  params: trackingParams,
  answers: { 200: ownOrder },
  errors: ['order.unknown', 'order.illegal', 'order.paid'],
})

export default defineApi(async (event, app) => {
  const { tracking } = readParams(event, trackingParams)
  return { order: toCustomerOrder(await cancelByCustomer(app, tracking)) }
})
