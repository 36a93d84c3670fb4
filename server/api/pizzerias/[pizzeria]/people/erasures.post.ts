import { may } from '#shared/staff/may'
import { z } from 'zod'
import { erasePeople } from '~/server/people/erase'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { erasures } from '~/server/openapi/answers'

const body = z.union([
  z.strictObject({ phone: z.string().trim().min(6).max(40) }),
  z.strictObject({ tracking: z.string().min(1).max(64) }),
])

export const operation = defineOperation({
  summary: 'Erases a customer.',
  who: 'customers.erase',
  params: pizzeriaParams,
  body,
  example: { phone: '+33600000000' },
  answers: { 200: erasures },
})

/** Erases somebody by phone number or by the id of their tracking link. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['customers.erase'])
  return await erasePeople(app, pizzeria, await readBodyAs(event, body))
})
