import { may } from '#shared/staff/may'
import { z } from 'zod'
import { peopleKeptDays } from '#shared/order/people'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { keptDays } from '~/server/openapi/answers'

const body = z.strictObject({ keptDays: z.int().min(peopleKeptDays.min).max(peopleKeptDays.max) })

export const operation = defineOperation({
  summary: 'How long orders keep their people.',
  who: 'customers.erase',
  params: pizzeriaParams,
  body,
  example: { keptDays: 90 },
  answers: { 200: keptDays },
})

export default defineApi(async (event, { store }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['customers.erase'])
  const { keptDays } = await readBodyAs(event, body)
  await store.write(pizzeria, (tx) => tx.updatePizzeria(pizzeria, { peopleKeptDays: keptDays }))
  return { keptDays }
})
