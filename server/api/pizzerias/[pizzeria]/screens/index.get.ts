import { may } from '#shared/staff/may'
import { viewScreen } from '~/server/live/streams/view-screen'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { screenList } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: "The kitchen's screens, and how they are.",
  who: 'screens.manage',
  params: pizzeriaParams,
  answers: { 200: screenList },
})

export default defineApi(async (event, { store }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['screens.manage'])
  const screens = await store.read((tx) => tx.screens(pizzeria))
  return screens.map((screen) => ({ ...viewScreen(screen), paired: screen.paired, settings: screen.settings }))
})
