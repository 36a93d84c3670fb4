import { may } from '#shared/staff/may'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'

export default defineApi(async (event, { rehearsals }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['rehearsal.see'])
  return await rehearsals.view(pizzeria)
})
