import { checkSetup } from '~/server/staff/setup'
import { setupParams } from '~/server/utils/params'

/** Whether a link still opens a pizzeria, and until when. */
export default defineApi(async (event, app) => {
  const { token } = readParams(event, setupParams)
  const expiresAt = await checkSetup(app, token, app.budgets.who('address', requestAddress(event, app)))
  setResponseHeader(event, 'cache-control', 'no-store')
  return { expiresAt: new Date(expiresAt).toISOString() }
})
