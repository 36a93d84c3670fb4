import { may } from '#shared/staff/may'
import { requireRole } from '~/server/staff/sessions'
import { deliveryParams } from '~/server/utils/params'
import { replayDelivery } from '~/server/webhooks/manage'

export const operation = defineOperation({
  summary: 'The same message again.',
  who: 'webhooks.manage',
  params: deliveryParams,
  answers: { 204: null },
  errors: ['webhook.unknown'],
})

/** The same message again. */
export default defineApi(async (event, app) => {
  const { pizzeria, hook, delivery } = readParams(event, deliveryParams)
  requireRole(await readSession(event), pizzeria, may['webhooks.manage'])
  await replayDelivery(app, pizzeria, hook, delivery)
  return sendNoContent(event)
})
