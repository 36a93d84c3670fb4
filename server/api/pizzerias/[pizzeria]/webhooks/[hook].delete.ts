import { may } from '#shared/staff/may'
import { requireRole } from '~/server/staff/sessions'
import { hookParams } from '~/server/utils/params'
import { removeHook } from '~/server/webhooks/manage'

export const operation = defineOperation({
  summary: 'Somebody follows the shop no longer.',
  who: 'webhooks.manage',
  params: hookParams,
  answers: { 204: null },
  errors: ['webhook.unknown'],
})

/** Somebody follows the shop no longer. */
export default defineApi(async (event, app) => {
  const { pizzeria, hook } = readParams(event, hookParams)
  requireRole(await readSession(event), pizzeria, may['webhooks.manage'])
  await removeHook(app, pizzeria, hook)
  return sendNoContent(event)
})
