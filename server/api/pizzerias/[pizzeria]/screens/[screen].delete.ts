import { removeScreen } from '~/server/staff/screens'
import { requireRole, staffRoles } from '~/server/staff/sessions'
import { screenParams } from '~/server/utils/params'

export default defineApi(async (event, app) => {
  const { pizzeria, screen } = readParams(event, screenParams)
  requireRole(await readSession(event), pizzeria, staffRoles)
  await removeScreen(app, pizzeria, screen)
  return sendNoContent(event)
})
