import { may } from '#shared/staff/may'
import { viewClock } from '~/server/clock/watch-clock'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { clockView } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: "The machine's clock, and the time that is believed.",
  who: 'pizzeria.pace',
  params: pizzeriaParams,
  answers: { 200: clockView },
})

/** What time the machine says that it is, and what is believed. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['pizzeria.pace'])
  return viewClock(app)
})
