import { may } from '#shared/staff/may'
import { requireRole } from '~/server/staff/sessions'
import { readStart } from '~/server/staff/start'
import { pizzeriaParams } from '~/server/utils/params'
import { startView } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'How far the guide of a new pizzeria has come.',
  who: 'pizzeria.settings',
  params: pizzeriaParams,
  answers: { 200: startView },
  errors: ['pizzeria.unknown'],
})

/** How far the guide of a new pizzeria has come. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['pizzeria.settings'])
  return await readStart(app, pizzeria)
})
