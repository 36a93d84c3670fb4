import { orderLife } from '#shared/order/history'
import { may } from '#shared/staff/may'
import { readLife } from '~/server/history/history'
import { requireRole } from '~/server/staff/sessions'
import { orderParams, pizzeriaParams } from '~/server/utils/params'

const params = pizzeriaParams.extend(orderParams.shape)

export const operation = defineOperation({
  summary: 'An order, and its life as far as the log still has it.',
  who: 'order.history',
  params,
  answers: { 200: orderLife },
  errors: ['order.unknown'],
})

/** One order's life. */
export default defineApi(async (event, app) => {
  const { pizzeria, order } = readParams(event, params)
  requireRole(await readSession(event), pizzeria, may['order.history'])
  return await readLife(app, pizzeria, order)
})
