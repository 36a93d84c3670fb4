import { quoteInput } from '#shared/order/order'
import { may } from '#shared/staff/may'
import { quote } from '~/server/orders/quote'
import { isStaffOf } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'

export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const input = await readBodyAs(event, quoteInput)
  const byStaff = isStaffOf(await readSession(event), pizzeria, may['order.place'])
  return await quote(app, pizzeria, input, { byStaff })
})
