import { z } from 'zod'
import { may } from '#shared/staff/may'
import { languages } from '#shared/menu/words'
import { readHolidays } from '~/server/menu/holidays'
import { requirePizzeria } from '~/server/menu/pizzeria'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { holidays } from '~/server/openapi/answers'

const query = z.object({ language: z.enum(languages).default('en'), region: z.string().max(10).optional() })

export const operation = defineOperation({
  summary: 'Public holidays of the year to come, as suggestions for the hours.',
  who: 'pizzeria.settings',
  params: pizzeriaParams,
  query,
  answers: { 200: holidays },
  errors: ['pizzeria.unknown'],
})

/** The public holidays of the pizzeria's country in the year to come, as suggestions for its hours. */
export default defineApi(async (event, { store, clock }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['pizzeria.settings'])
  const { country, timezone } = await store.read((tx) => requirePizzeria(tx, pizzeria))
  return await readHolidays({ country, timezone, now: clock(), ...parseAs(query, getQuery(event)) })
})
