import { z } from 'zod'
import { paymentMethods } from '#shared/order/money'
import { may } from '#shared/staff/may'
import { newId } from '~/server/ground/ids'
import { changeOrder } from '~/server/orders/change'
import { actingAs, actorOf, personOf, requireSignedIn } from '~/server/staff/sessions'
import { orderParams } from '~/server/utils/params'
import { wholeOrder } from '~/server/openapi/answers'

const body = z.strictObject({
  paid: z.boolean(),
  ifVersion: z.int().min(1),
  method: z.enum(paymentMethods).optional(),
})

export const operation = defineOperation({
  summary: 'All of the rest has been paid, or none of it.',
  who: 'order.pay',
  params: orderParams,
  body,
  example: { paid: true, ifVersion: 1 },
  answers: { 200: wholeOrder },
  errors: ['order.unknown', 'order.stale', 'order.illegal', 'order.amount'],
})

/** All of the rest has been paid, or none of it; a part, or a refund, is a payment of its own (`payments`). */
export default defineApi(async (event, app) => {
  const { order: id } = readParams(event, orderParams)
  const session = requireSignedIn(await readSession(event), may['order.pay'])
  const said = await readBodyAs(event, body)
  const order = await changeOrder(actingAs(app, session), {
    id,
    pizzeria: session.pizzeria,
    command: { name: 'pay', ...said, id: newId(app.clock()), by: personOf(session) },
    actor: actorOf(session),
  })
  return { order }
})
