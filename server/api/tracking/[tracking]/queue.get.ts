import { readPlace } from '~/server/orders/follow'
import { trackingParams } from '~/server/utils/params'
import { queuePlace } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'How much the kitchen makes before this order.',
  who: 'link',
  params: trackingParams,
  answers: { 200: queuePlace },
  errors: ['order.unknown'],
})

/** How much the kitchen makes before this order. */
export default defineApi(async (event, app) => await readPlace(app, readParams(event, trackingParams).tracking))
