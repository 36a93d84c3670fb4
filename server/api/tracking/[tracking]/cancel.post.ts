import { toCustomerOrder } from '#shared/order/views'
import { cancelByCustomer } from '~/server/orders/change'
import { trackingParams } from '~/server/utils/params'

export default defineApi(async (event, app) => {
  const { tracking } = readParams(event, trackingParams)
  return { order: toCustomerOrder(await cancelByCustomer(app, tracking)) }
})
