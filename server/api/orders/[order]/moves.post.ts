import { moveInput } from '#shared/order/order'
import { changeOrder, viewFor } from '~/server/orders/change'
import { actorOf, everyRole, requireSignedIn } from '~/server/staff/sessions'
import { orderParams } from '~/server/utils/params'

export default defineApi(async (event, app) => {
  const { order: id } = readParams(event, orderParams)
  const session = requireSignedIn(await readSession(event), everyRole)
  const command = { name: 'move', ...(await readBodyAs(event, moveInput)) } as const
  const order = await changeOrder(app, { id, pizzeria: session.pizzeria, command, actor: actorOf(session) })
  return { order: viewFor(actorOf(session), order) }
})
