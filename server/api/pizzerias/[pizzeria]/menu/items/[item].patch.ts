import { may } from '#shared/staff/may'
import { setAvailability } from '~/server/menu/availability'
import { actingAs, actorOf, requireRole } from '~/server/staff/sessions'
import { itemInput, itemParams } from '~/server/utils/params'
import { itemStock } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Sold out and back, and how many portions are left.',
  who: 'menu.stock',
  params: itemParams,
  body: itemInput,
  example: { available: true, stock: null },
  answers: { 200: itemStock },
  errors: ['pizzeria.unknown', 'menu.item_unknown'],
})

/** 86 and back, and how many portions are left. */
export default defineApi(async (event, app) => {
  const { pizzeria, item: id } = readParams(event, itemParams)
  const session = requireRole(await readSession(event), pizzeria, may['menu.stock'])
  const change = await readBodyAs(event, itemInput)
  const { available, until, ...item } = await setAvailability(actingAs(app, session), {
    pizzeria,
    kind: 'item',
    id,
    ...change,
    actor: actorOf(session),
  })
  return { id, available, until, stock: 'stock' in item ? item.stock : null }
})
