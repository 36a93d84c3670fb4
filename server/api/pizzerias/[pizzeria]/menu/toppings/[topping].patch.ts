import { may } from '#shared/staff/may'
import { setAvailability } from '~/server/menu/availability'
import { actingAs, actorOf, requireRole } from '~/server/staff/sessions'
import { availabilityInput, toppingParams } from '~/server/utils/params'
import { toppingStock } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Sold out and back.',
  who: 'menu.stock',
  params: toppingParams,
  body: availabilityInput,
  example: { available: true },
  answers: { 200: toppingStock },
  errors: ['pizzeria.unknown', 'menu.topping_unknown'],
})

/** 86 and back. */
export default defineApi(async (event, app) => {
  const { pizzeria, topping } = readParams(event, toppingParams)
  const session = requireRole(await readSession(event), pizzeria, may['menu.stock'])
  const change = await readBodyAs(event, availabilityInput)
  const after = await setAvailability(actingAs(app, session), {
    pizzeria,
    kind: 'topping',
    id: topping,
    ...change,
    actor: actorOf(session),
  })
  return { id: topping, available: after.available, until: after.until }
})
