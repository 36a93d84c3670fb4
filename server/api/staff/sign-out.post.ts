export const operation = defineOperation({
  summary: 'Ends the session and its live connections.',
  who: 'anyone',
  answers: { 204: null },
})

/**
 * Ends the session itself, not only the cookie: its live connections end, and a copied cookie is worth nothing. So do
 * those of the same person at other pizzerias: whoever takes the tablet next must not find them.
 */
export default defineApi(async (event, { store, clock, connections }) => {
  const session = await readSession(event)
  const all = new Map([session, ...(await browserSessions(event))].flatMap((one) => (one ? [[one.id, one]] : [])))
  for (const { id, pizzeria } of all.values()) await store.write(pizzeria, (tx) => tx.endSession(id, clock()))
  if (all.size > 0) await connections.endRevoked()
  await clearUserSession(event)
  return sendNoContent(event)
})
