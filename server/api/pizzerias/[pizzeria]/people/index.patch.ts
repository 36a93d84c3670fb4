import { may } from '#shared/staff/may'
import { z } from 'zod'
import { peopleKeptDays } from '#shared/order/people'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'

const body = z.strictObject({ keptDays: z.int().min(peopleKeptDays.min).max(peopleKeptDays.max) })

export default defineApi(async (event, { store }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['customers.erase'])
  const { keptDays } = await readBodyAs(event, body)
  await store.write(pizzeria, (tx) => tx.updatePizzeria(pizzeria, { peopleKeptDays: keptDays }))
  return { keptDays }
})
