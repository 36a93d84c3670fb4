import { may } from '#shared/staff/may'
import { hookInput } from '#shared/webhooks'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { addHook } from '~/server/webhooks/manage'
import { addedHook } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Somebody new follows the shop; the secret is answered this once.',
  who: 'webhooks.manage',
  params: pizzeriaParams,
  body: hookInput,
  example: { url: 'https://till.example/orders', types: ['order.placed'] },
  answers: { 201: addedHook },
  errors: ['webhook.inside', 'webhook.too_many'],
})

/** Somebody new follows the shop; the secret is answered this once. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['webhooks.manage'])
  const added = await addHook(app, pizzeria, await readBodyAs(event, hookInput))
  setResponseStatus(event, 201)
  return added
})
