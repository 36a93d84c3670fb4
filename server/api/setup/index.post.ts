import { setupInput } from '#shared/staff/setup'
import { setUp } from '~/server/staff/setup'
import { rememberDevice } from '~/server/utils/device'
import { openedPizzeria } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Opens a pizzeria with its first manager.',
  who: 'link',
  body: setupInput,
  example: {
    token: 'token-of-the-link',
    pizzeria: { id: 'mimmo', name: 'Da Mimmo', country: 'IT', timezone: 'Europe/Rome', currency: 'EUR' },
    manager: { name: 'Mimmo', pin: '000000' },
  },
  answers: { 201: openedPizzeria },
  errors: ['setup.unknown', 'setup.used', 'setup.expired', 'pizzeria.exists', 'staff.slow_down'],
})

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
