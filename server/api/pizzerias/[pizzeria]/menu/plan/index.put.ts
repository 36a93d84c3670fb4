import { may } from '#shared/staff/may'
import { maxMenuBytes } from '~/server/menu/editor/input'
import { planInput, planMenu } from '~/server/menu/editor/plan'
import { actingAs, actorOf, requireRole, signatureOf } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { menuPlan } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Plans a whole menu, to be published at a time.',
  who: 'menu.edit',
  params: pizzeriaParams,
  body: planInput,
  example: { ifVersion: 0, at: '2027-01-01T10:00:00.000Z', categories: [], items: [], toppings: [], crusts: [] },
  answers: { 200: menuPlan },
  errors: ['pizzeria.unknown', 'menu.stale', 'menu.planned', 'photo.unknown'],
})

export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const session = requireRole(await readSession(event), pizzeria, may['menu.edit'])
  const input = await readBodyAs(event, planInput, maxMenuBytes)
  const who = { pizzeria, by: signatureOf(session), actor: actorOf(session) }
  return { plan: await planMenu(actingAs(app, session), { ...input, ...who }) }
})
