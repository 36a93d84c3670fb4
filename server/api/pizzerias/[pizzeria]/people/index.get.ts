import { may } from '#shared/staff/may'
import { requirePizzeria } from '~/server/menu/pizzeria'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { keptDays } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'How long orders keep their people.',
  who: 'customers.erase',
  params: pizzeriaParams,
  answers: { 200: keptDays },
  errors: ['pizzeria.unknown'],
})

/** How long orders keep their people (days); null: the manager has not said yet. */
export default defineApi(async (event, { store }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['customers.erase'])
  const { peopleKeptDays } = await store.read((tx) => requirePizzeria(tx, pizzeria))
  return { keptDays: peopleKeptDays }
})
