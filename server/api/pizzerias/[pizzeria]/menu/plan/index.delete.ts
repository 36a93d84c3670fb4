import { may } from '#shared/staff/may'
import { cancelPlan } from '~/server/menu/editor/plan'
import { actingAs, actorOf, requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'

export const operation = defineOperation({
  summary: 'Takes the planned menu back.',
  who: 'menu.edit',
  params: pizzeriaParams,
  answers: { 204: null },
  errors: ['pizzeria.unknown', 'menu.not_planned'],
})

export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const session = requireRole(await readSession(event), pizzeria, may['menu.edit'])
  await cancelPlan(actingAs(app, session), { pizzeria, actor: actorOf(session) })
  return sendNoContent(event)
})
