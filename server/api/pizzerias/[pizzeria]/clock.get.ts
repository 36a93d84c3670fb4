import { may } from '#shared/staff/may'
import { viewClock } from '~/server/clock/watch-clock'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'

/** What time the machine says that it is, and what is believed. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['pizzeria.pace'])
  return viewClock(app)
})
