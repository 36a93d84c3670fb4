import { may } from '#shared/staff/may'
import { publishMenu } from '~/server/menu/editor/publish'
import { maxMenuBytes, publishInput } from '~/server/menu/editor/input'
import { actingAs, actorOf, requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { publishedMenu } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Publishes a whole menu.',
  who: 'menu.edit',
  params: pizzeriaParams,
  body: publishInput,
  example: { ifVersion: 0, categories: [], items: [], toppings: [], crusts: [] },
  answers: { 200: publishedMenu },
  errors: ['pizzeria.unknown', 'menu.stale', 'photo.unknown'],
})

/** Publishes a whole menu. An undo is the menu of before, published again. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const session = requireRole(await readSession(event), pizzeria, may['menu.edit'])
  const { ifVersion, menu } = await readBodyAs(event, publishInput, maxMenuBytes)
  return await publishMenu(actingAs(app, session), { pizzeria, ifVersion, menu, actor: actorOf(session) })
})
