import { amendInput } from '#shared/order/amend'
import { toCustomerOrder } from '#shared/order/views'
import { amendOrder } from '~/server/orders/amend'
import { trackingParams } from '~/server/utils/params'
import { amendedOwnOrder } from '~/server/openapi/answers'
import { amending } from '~/server/openapi/refusals'

export const operation = defineOperation({
  summary: 'Its customer changes it, where the pizzeria lets them.',
  who: 'link',
  params: trackingParams,
  key: 'optional',
  body: amendInput,
  example: { ifVersion: 1, note: 'well done' },
  answers: { 200: amendedOwnOrder },
  errors: amending,
})

/** Its customer changes it until somebody has started, where the pizzeria lets them. */
export default defineApi(async (event, app) => {
  const which = readParams(event, trackingParams)
  const key = readOptionalKey(event)
  const input = await readBodyAs(event, amendInput)
  const { order, difference } = await amendOrder(app, { which, pizzeria: null, key, input, actor: 'customer' })
  return { order: toCustomerOrder(order), difference }
})
