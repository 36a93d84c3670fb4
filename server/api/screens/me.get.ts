import { roles } from '#shared/order/roles'
import { Rejected } from '#shared/order/rejections'
import { requireSignedIn } from '~/server/staff/sessions'
import { ownScreen } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'How this screen is set up.',
  who: 'signed in',
  answers: { 200: ownScreen },
  errors: ['screen.unknown'],
})

/** How this screen is set up. */
export default defineApi(async (event, { store }) => {
  const session = requireSignedIn(await readSession(event), roles)
  const screen = session.screen ? await store.read((tx) => tx.screen(session.pizzeria, session.screen!)) : undefined
  if (!screen) throw new Rejected('screen.unknown')
  return { id: screen.id, name: screen.name, settings: screen.settings }
})
