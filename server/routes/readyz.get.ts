import { readiness } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Whether it can take orders, and if not, why.',
  who: 'anyone',
  answers: { 200: readiness, 503: readiness },
})

/** 200 when migrated, connected, sound, writable and not draining; else 503 with the reason. */
export default defineApi(async (event, { health, build }) => {
  const reason = await health.reason()
  if (reason) setResponseStatus(event, 503)
  return { ready: reason === null, reason, build }
})
