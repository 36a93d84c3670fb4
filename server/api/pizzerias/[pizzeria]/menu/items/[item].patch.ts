import { setAvailability } from '~/server/menu/availability'
import { requirePizzeria } from '~/server/menu/pizzeria'
import { actorOf, requireRole, staffRoles } from '~/server/staff/sessions'
import { itemInput, itemParams } from '~/server/utils/params'

/** 86 and back, and how many portions are left. */
export default defineApi(async (event, app) => {
  const { pizzeria, item: id } = readParams(event, itemParams)
  const session = requireRole(await readSession(event), pizzeria, staffRoles)
  const change = await readBodyAs(event, itemInput)
  await setAvailability(app, { pizzeria, kind: 'item', id, ...change, actor: actorOf(session) })
  const { items } = await app.store.read(async (tx) => tx.menuRows(await requirePizzeria(tx, pizzeria)))
  const { available, until, stock } = items.find((item) => item.id === id)!
  return { id, available, until, stock }
})
