import { may } from '#shared/staff/may'
import { removeScreen } from '~/server/staff/screens'
import { requireRole } from '~/server/staff/sessions'
import { screenParams } from '~/server/utils/params'

export const operation = defineOperation({
  summary: 'Removes a screen; its session ends at once.',
  who: 'screens.manage',
  params: screenParams,
  answers: { 204: null },
  errors: ['screen.unknown'],
})

export default defineApi(async (event, app) => {
  const { pizzeria, screen } = readParams(event, screenParams)
  requireRole(await readSession(event), pizzeria, may['screens.manage'])
  await removeScreen(app, pizzeria, screen)
  return sendNoContent(event)
})
