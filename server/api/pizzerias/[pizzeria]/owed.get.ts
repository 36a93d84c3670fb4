import { may } from '#shared/staff/may'
import { moneyToReturn } from '~/server/orders/pay'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { owedOrders } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Money to return to customers.',
  who: 'order.pay',
  params: pizzeriaParams,
  answers: { 200: owedOrders },
})

/** Money to return: of what was paid and then cancelled, or costs less now. It empties as refunds are noted. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['order.pay'])
  return await moneyToReturn(app, pizzeria)
})
