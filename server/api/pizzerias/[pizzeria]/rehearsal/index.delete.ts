import { may } from '#shared/staff/may'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { rehearsalView } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Ends the rehearsal and takes its orders off the screens.',
  who: 'rehearsal.run',
  params: pizzeriaParams,
  answers: { 200: rehearsalView },
})

/** Ends a rehearsal and takes its orders off the screens. */
export default defineApi(async (event, { rehearsals }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['rehearsal.run'])
  return await rehearsals.stop(pizzeria)
})
