import { may } from '#shared/staff/may'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { rehearsalView } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Whether a rehearsal runs.',
  who: 'rehearsal.see',
  params: pizzeriaParams,
  answers: { 200: rehearsalView },
})

export default defineApi(async (event, { rehearsals }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['rehearsal.see'])
  return await rehearsals.view(pizzeria)
})
