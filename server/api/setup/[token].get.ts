import { checkSetup } from '~/server/staff/setup'
import { setupParams } from '~/server/utils/params'
import { goodUntil } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Whether a link still opens a pizzeria.',
  who: 'link',
  params: setupParams,
  answers: { 200: goodUntil },
  errors: ['setup.unknown', 'setup.used', 'setup.expired', 'staff.slow_down'],
})

/** Whether a link still opens a pizzeria, and until when. */
export default defineApi(async (event, app) => {
  const { token } = readParams(event, setupParams)
  const expiresAt = await checkSetup(app, token, app.budgets.who('address', requestAddress(event, app)))
  setResponseHeader(event, 'cache-control', 'no-store')
  return { expiresAt: new Date(expiresAt).toISOString() }
})
