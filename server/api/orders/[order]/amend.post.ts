import { amendInput } from '#shared/order/amend'
import { may } from '#shared/staff/may'
import { amendOrder } from '~/server/orders/amend'
import { viewFor } from '~/server/orders/change'
import { actingAs, actorOf, requireSignedIn } from '~/server/staff/sessions'
import { orderParams } from '~/server/utils/params'
import { amendedOrder } from '~/server/openapi/answers'
import { amending } from '~/server/openapi/refusals'

export const operation = defineOperation({
  summary: 'Changes what was ordered, until it is ready.',
  who: 'order.amend',
  params: orderParams,
  key: 'optional',
  body: amendInput,
  example: { ifVersion: 1, note: 'well done' },
  answers: { 200: amendedOrder },
  errors: amending,
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
