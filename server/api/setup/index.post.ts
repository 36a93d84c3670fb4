import { setupInput } from '#shared/staff/setup'
import { setUp } from '~/server/staff/setup'
import { rememberDevice } from '~/server/utils/device'

/** Opens a pizzeria with its first manager, who is signed in from then on. */
export default defineApi(async (event, app) => {
  const input = await readBodyAs(event, setupInput)
  const session = await setUp(app, input, app.budgets.who('address', requestAddress(event, app)))
  rememberDevice(event, session.pizzeria)
  const user = await giveSession(event, session)
  const { id, name } = input.pizzeria
  setResponseStatus(event, 201)
  return { pizzeria: { id, name }, user }
})
