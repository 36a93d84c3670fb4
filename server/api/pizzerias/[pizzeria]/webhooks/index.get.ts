import { may } from '#shared/staff/may'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { readHooks } from '~/server/webhooks/manage'
import { hookList } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Who follows the shop, and what they were told last.',
  who: 'webhooks.manage',
  params: pizzeriaParams,
  answers: { 200: hookList },
})

/** Who follows the shop, and what they were told last. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['webhooks.manage'])
  return { hooks: await readHooks(app, pizzeria) }
})
