import { pushInput } from '#shared/order/push'
import { subscribe } from '~/server/push/pushes'
import { trackingParams } from '~/server/utils/params'

export const operation = defineOperation({
  summary: 'This browser is told when the order is ready.',
  who: 'link',
  params: trackingParams,
  body: pushInput,
  example: {
    endpoint: 'https://fcm.googleapis.com/fcm/send/of-a-browser',
    keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) },
    words: { title: 'Napoli', body: 'Your order is ready.' },
  },
  answers: { 204: null },
  errors: ['order.unknown', 'push.service_unknown', 'push.too_many', 'push.over'],
})

/** This browser wants to be told when the order is ready. */
export default defineApi(async (event, app) => {
  const { tracking } = readParams(event, trackingParams)
  await subscribe(app, tracking, await readBodyAs(event, pushInput))
  return sendNoContent(event)
})
