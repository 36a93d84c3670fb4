import { may } from '#shared/staff/may'
import { z } from 'zod'
import { someText } from '#shared/text-input'
import { screenSettings } from '#shared/kitchen/screen-settings'
import { viewScreen } from '~/server/live/streams/view-screen'
import { pairScreen } from '~/server/staff/screens'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { changedScreen } from '~/server/openapi/answers'

const body = z.strictObject({
  code: z.string().trim().length(6),
  name: someText(40),
  settings: screenSettings.partial().optional(),
})

export const operation = defineOperation({
  summary: 'Pairs the screen that shows this code.',
  who: 'screens.manage',
  params: pizzeriaParams,
  body,
  example: { code: 'ACDEFG', name: 'Oven' },
  answers: { 201: changedScreen },
  errors: ['screen.code_unknown', 'staff.slow_down'],
})

/** Pairs the screen that shows this code. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const session = requireRole(await readSession(event), pizzeria, may['screens.manage'])
  await app.budgets.spend('pairing', app.budgets.who('session', session.id))
  const screen = await pairScreen(app, { pizzeria, ...(await readBodyAs(event, body)) })
  setResponseStatus(event, 201)
  return { screen: { ...viewScreen(screen), paired: screen.paired, settings: screen.settings } }
})
