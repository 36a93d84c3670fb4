import { requireRole, staffRoles } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'

export default defineApi(async (event, { rehearsals }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, staffRoles)
  return rehearsals.view(pizzeria)
})
