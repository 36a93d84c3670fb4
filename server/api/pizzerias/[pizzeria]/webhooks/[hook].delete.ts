import { may } from '#shared/staff/may'
import { requireRole } from '~/server/staff/sessions'
import { hookParams } from '~/server/utils/params'
import { removeHook } from '~/server/webhooks/manage'

/** Somebody follows the shop no longer. */
export default defineApi(async (event, app) => {
  const { pizzeria, hook } = readParams(event, hookParams)
  requireRole(await readSession(event), pizzeria, may['webhooks.manage'])
  await removeHook(app, pizzeria, hook)
  return sendNoContent(event)
})
