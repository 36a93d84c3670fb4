import { quoteInput } from '#shared/order/order'
import { may } from '#shared/staff/may'
import { quote } from '~/server/orders/quote'
import { isStaffOf } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { quote as quoted } from '~/server/openapi/answers'
import { opening, pricing } from '~/server/openapi/refusals'

export const operation = defineOperation({
  summary: 'The price and the promise of a basket, as of now.',
  who: 'anyone',
  params: pizzeriaParams,
  body: quoteInput,
  example: { mode: 'pickup', lines: [{ item: 'margherita', size: 'medium', quantity: 1 }] },
  answers: { 200: quoted },
  errors: [...pricing, ...opening],
})

export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const input = await readBodyAs(event, quoteInput)
  const byStaff = isStaffOf(await readSession(event), pizzeria, may['order.place'])
  return await quote(app, pizzeria, input, { byStaff })
})
