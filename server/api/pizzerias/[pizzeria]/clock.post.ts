import { z } from 'zod'
import { may } from '#shared/staff/may'
import { viewClock } from '~/server/clock/watch-clock'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { clockView } from '~/server/openapi/answers'

const body = z.strictObject({ confirm: z.literal(true) })

export const operation = defineOperation({
  summary: "Staff say that the machine's clock is right.",
  who: 'pizzeria.pace',
  params: pizzeriaParams,
  body,
  example: { confirm: true },
  answers: { 200: clockView },
})

/** Staff say that the machine's clock is right after it jumped. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['pizzeria.pace'])
  await readBodyAs(event, body)
  app.trusted.confirm()
  await app.clockWatch.look()
  return viewClock(app)
})
