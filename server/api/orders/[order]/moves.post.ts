import { may } from '#shared/staff/may'
import { z } from 'zod'
import { moveInput, undoInput } from '#shared/order/order'
import { changeOrder, viewFor } from '~/server/orders/change'
import { actingAs, actorOf, requireSignedIn } from '~/server/staff/sessions'
import { orderParams } from '~/server/utils/params'
import { changedOrder } from '~/server/openapi/answers'
import { pricing } from '~/server/openapi/refusals'

/** A step, or the last one taken back. */
const body = z.union([
  moveInput.transform((move) => ({ name: 'move' as const, ...move })),
  undoInput.transform(({ ifVersion }) => ({ name: 'undo' as const, ifVersion })),
])

export const operation = defineOperation({
  summary: 'A step of an order, or the last one taken back.',
  who: 'order.move',
  params: orderParams,
  body,
  example: { to: 'making', ifVersion: 1 },
  answers: { 200: changedOrder },
  errors: [
    ...pricing,
    'order.unknown',
    'order.stale',
    'order.illegal',
    'order.unpaid',
    'order.reason_required',
    'order.price_changed',
    'pizzeria.closed',
  ],
})

export default defineApi(async (event, app) => {
  const { order: id } = readParams(event, orderParams)
  const session = requireSignedIn(await readSession(event), may['order.move'])
  const command = await readBodyAs(event, body)
  const order = await changeOrder(actingAs(app, session), {
    id,
    pizzeria: session.pizzeria,
    command,
    actor: actorOf(session),
  })
  return { order: viewFor(actorOf(session), order) }
})
