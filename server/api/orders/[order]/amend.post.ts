import { amendInput } from '#shared/order/amend'
import { may } from '#shared/staff/may'
import { amendOrder } from '~/server/orders/amend'
import { viewFor } from '~/server/orders/change'
import { actingAs, actorOf, requireSignedIn } from '~/server/staff/sessions'
import { orderParams } from '~/server/utils/params'

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
