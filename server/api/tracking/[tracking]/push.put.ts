import { pushBody } from '~/server/push/body'
import { subscribe } from '~/server/push/pushes'
import { trackingParams } from '~/server/utils/params'

export const operation = defineOperation({
  summary: 'This browser is told when the order is ready.',
  who: 'link',
  params: trackingParams,
  body: pushBody,
  example: {
    endpoint: 'https://fcm.googleapis.com/fcm/send/of-a-browser',
    keys: {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
    words: { title: 'Napoli', body: 'Your order is ready.' },
  },
  answers: { 204: null },
  errors: ['order.unknown', 'push.service_unknown', 'push.too_many', 'push.over'],
})

/** This browser wants to be told when the order is ready. */
export default defineApi(async (event, app) => {
  const { tracking } = readParams(event, trackingParams)
  await subscribe(app, tracking, await readBodyAs(event, pushBody))
  return sendNoContent(event)
})
