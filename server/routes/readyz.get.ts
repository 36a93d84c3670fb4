/** 200 when migrated, connected, sound, writable and not draining; else 503 with the reason. */
export default defineApi(async (event, { health, build }) => {
  const reason = await health.reason()
  if (reason) setResponseStatus(event, 503)
  return { ready: reason === null, reason, build }
})
