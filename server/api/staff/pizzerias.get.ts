import { roles } from '#shared/order/roles'
import { ownPizzerias } from '~/server/openapi/answers'
import { requireSignedIn } from '~/server/staff/sessions'

export const operation = defineOperation({
  summary: 'Where this browser is signed in as the same person.',
  who: 'signed in',
  answers: { 200: ownPizzerias },
})

/** Where whoever is signed in may switch to; the first is where they are. */
export default defineApi(async (event, { store }) => {
  const session = requireSignedIn(await readSession(event), roles)
  const sessions = [session, ...(await browserSessions(event)).filter(({ id }) => id !== session.id)]
  const found = await store.read((tx) => Promise.all(sessions.map(({ pizzeria }) => tx.pizzeria(pizzeria))))
  return found.flatMap((one) => (one ? [{ id: one.id, name: one.name, isCurrent: one.id === session.pizzeria }] : []))
})
