/** 200 when migrated, connected and not draining; else 503 with the reason. */
export default defineApi(async (event, { store, life, build }) => {
  const reason =
    life.phase === 'draining'
      ? 'draining'
      : await store
          .read((tx) => tx.epoch())
          .then(
            () => null,
            () => 'database',
          )
  if (reason) setResponseStatus(event, 503)
  return { ready: reason === null, reason, build }
})
