import { amendInput } from '#shared/order/amend'
import { may } from '#shared/staff/may'
import { amendOrder } from '~/server/orders/amend'
import { viewFor } from '~/server/orders/change'
import { actingAs, actorOf, requireSignedIn } from '~/server/staff/sessions'
import { orderParams } from '~/server/utils/params'
import { amendedOrder } from '~/server/openapi/answers'
import { opening, pricing } from '~/server/openapi/refusals'

export const operation = defineOperation({
  summary: 'Changes what was ordered, until it is ready.',
  who: 'order.amend',
  params: orderParams,
  key: 'optional',
  body: amendInput,
  example: { ifVersion: 1, note: 'well done' },
  answers: { 200: amendedOrder },
  errors: [
    ...pricing,
    ...opening,
    'order.unknown',
    'order.stale',
    'order.illegal',
    'order.price_changed',
    'order.phone_invalid',
    'order.table_required',
    'order.table_unknown',
  ],
})

/** Changes what was ordered, until it is ready. */
export default defineApi(async (event, app) => {
  const { order: id } = readParams(event, orderParams)
  const session = requireSignedIn(await readSession(event), may['order.amend'])
  const key = readOptionalKey(event)
  const input = await readBodyAs(event, amendInput)
  const actor = actorOf(session)
  const { pizzeria } = session
  const { order, difference } = await amendOrder(actingAs(app, session), { which: { id }, pizzeria, key, input, actor })
  return { order: viewFor(actor, order), difference }
})
