import { setAvailability } from '~/server/menu/availability'
import { actorOf, requireRole, staffRoles } from '~/server/staff/sessions'
import { availabilityInput, itemParams } from '~/server/utils/params'

/** 86 and back. */
export default defineApi(async (event, app) => {
  const { pizzeria, item } = readParams(event, itemParams)
  const session = requireRole(await readSession(event), pizzeria, staffRoles)
  const { available, until } = await readBodyAs(event, availabilityInput)
  await setAvailability(app, { pizzeria, kind: 'item', id: item, available, until, actor: actorOf(session) })
  return { id: item, available, until: available ? null : (until ?? null) }
})
