import { may } from '#shared/staff/may'
import { viewScreen } from '~/server/live/streams/view-screen'
import { restoreScreen } from '~/server/staff/screens'
import { requireRole } from '~/server/staff/sessions'
import { screenParams } from '~/server/utils/params'
import { changedScreen } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'A screen that was just removed comes back, with its settings and its session.',
  who: 'screens.manage',
  params: screenParams,
  answers: { 200: changedScreen },
  errors: ['screen.unknown'],
})

export default defineApi(async (event, app) => {
  const { pizzeria, screen: id } = readParams(event, screenParams)
  requireRole(await readSession(event), pizzeria, may['screens.manage'])
  const screen = await restoreScreen(app, pizzeria, id)
  return { screen: { ...viewScreen(screen), paired: screen.paired, settings: screen.settings } }
})
