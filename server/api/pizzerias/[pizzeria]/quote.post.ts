import { quoteInput } from '#shared/order/order'
import { quote } from '~/server/orders/quote'
import { pizzeriaParams } from '~/server/utils/params'

export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  return await quote(app, pizzeria, await readBodyAs(event, quoteInput))
})
