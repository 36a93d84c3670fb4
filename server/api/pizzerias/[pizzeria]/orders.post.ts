import { may } from '#shared/staff/may'
import { z } from 'zod'
import { placeInput } from '#shared/order/order'
import { placeOrder } from '~/server/orders/place'
import { actingAs, actorOf, requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { placedOrder } from '~/server/openapi/answers'
import { opening, pricing } from '~/server/openapi/refusals'

/** Staff may mark a rehearsal's orders. */
const body = placeInput.extend({ test: z.boolean().optional() })

export const operation = defineOperation({
  summary: 'Places an order; the same key gets the same answer.',
  who: 'anyone',
  params: pizzeriaParams,
  key: 'required',
  body,
  example: {
    mode: 'pickup',
    customer: { name: 'Ada', phone: '+33612345678' },
    lines: [{ item: 'margherita', size: 'medium', quantity: 1 }],
    total: 950,
  },
  answers: { 201: placedOrder },
  errors: [
    ...pricing,
    ...opening,
    'order.phone_required',
    'order.phone_invalid',
    'order.table_required',
    'order.table_unknown',
    'order.promise_changed',
    'order.price_changed',
    'order.too_many_waiting',
    'staff.sign_in',
    'staff.forbidden',
  ],
})

export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const key = readIdempotencyKey(event)
  const { test, ...input } = await readBodyAs(event, body)
  const session = await readSession(event)
  if (test) requireRole(session, pizzeria, may['order.place'])
  // Staff of another pizzeria are customers here.
  const actor = session?.pizzeria === pizzeria && session.role !== 'kitchen' ? actorOf(session) : 'customer'
  const { who } = app.budgets
  const { phone } = input.customer
  const table = input.tableToken ?? input.table
  const whos =
    actor === 'customer'
      ? [
          who('address', requestAddress(event, app)),
          ...(phone ? [who('phone', phone.replace(/\D/g, ''))] : []),
          ...(table ? [who('table', table)] : []),
        ]
      : []
  const placed = await placeOrder(actingAs(app, session), { pizzeria, key, input, actor, whos, test })
  app.metrics.orders.inc()
  setResponseStatus(event, 201)
  return placed
})
