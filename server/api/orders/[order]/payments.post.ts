import { paymentInput } from '#shared/order/payments'
import { may } from '#shared/staff/may'
import { newId } from '~/server/ground/ids'
import { notePayment } from '~/server/orders/pay'
import { actingAs, actorOf, personOf, requireSignedIn } from '~/server/staff/sessions'
import { orderParams } from '~/server/utils/params'
import { notedPayment } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'One payment, whole or in part, or one refund.',
  who: 'order.pay',
  params: orderParams,
  key: 'optional',
  body: paymentInput,
  example: { ifVersion: 1, method: 'cash', amount: 100 },
  answers: { 201: notedPayment },
  errors: ['order.unknown', 'order.stale', 'order.illegal', 'order.amount'],
})

/** One payment, whole or in part, or one refund, with its method. */
export default defineApi(async (event, app) => {
  const { order: id } = readParams(event, orderParams)
  const session = requireSignedIn(await readSession(event), may['order.pay'])
  const key = readOptionalKey(event)
  const input = await readBodyAs(event, paymentInput)
  const noted = await notePayment(actingAs(app, session), {
    order: id,
    pizzeria: session.pizzeria,
    key,
    command: { name: 'payment', ...input, id: newId(app.clock()), by: personOf(session) },
    actor: actorOf(session),
  })
  setResponseStatus(event, 201)
  return noted
})
