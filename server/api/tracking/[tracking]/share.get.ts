import { readShare } from '~/server/orders/follow'
import { trackingParams } from '~/server/utils/params'
import { shareWord } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'The word of a link that shows this order and can do nothing else.',
  who: 'link',
  params: trackingParams,
  answers: { 200: shareWord },
  errors: ['order.unknown'],
})

/** The word of a link that shows this order and can do nothing else. */
export default defineApi(async (event, app) => await readShare(app, readParams(event, trackingParams).tracking))
