import { z } from 'zod'
import { mode } from '#shared/order/modes'
import { readSlots } from '~/server/orders/slots'
import { pizzeriaParams } from '~/server/utils/params'
import { slots } from '~/server/openapi/answers'

const query = z.object({
  mode: mode.default('pickup'),
  pizzas: z.coerce.number().int().min(0).max(1000).default(1),
  day: z.iso.date().optional(),
})

export const operation = defineOperation({
  summary: 'The times that a customer may choose.',
  who: 'anyone',
  params: pizzeriaParams,
  query,
  answers: { 200: slots },
  errors: ['pizzeria.unknown', 'order.mode_unavailable'],
})

/** The times that a customer may choose. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  return await readSlots(app, pizzeria, parseAs(query, getQuery(event)))
})
