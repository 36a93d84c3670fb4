export const operation = defineOperation({
  summary: 'Ends the session and its live connections.',
  who: 'anyone',
  answers: { 204: null },
})

/** Ends the session itself, not only the cookie: its live connections end, and a copied cookie is worth nothing. */
export default defineApi(async (event, { store, clock, connections }) => {
  const session = await readSession(event)
  if (session) {
    await store.write(session.pizzeria, (tx) => tx.endSession(session.id, clock()))
    await connections.endRevoked()
  }
  await clearUserSession(event)
  return sendNoContent(event)
})
