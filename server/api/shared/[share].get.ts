import { readShared } from '~/server/orders/follow'
import { shareParams } from '~/server/utils/params'
import { sharedView } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'What a shared link shows of an order.',
  who: 'link',
  params: shareParams,
  answers: { 200: sharedView },
  errors: ['order.unknown'],
})

/** What a shared link shows of an order. */
export default defineApi(async (event, app) => await readShared(app, readParams(event, shareParams).share))
