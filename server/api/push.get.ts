import { vapidKeys } from '../push/keys'
import { sessionSecret } from '../utils/session'
import { pushKey } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'The key that browsers subscribe with.',
  who: 'anyone',
  answers: { 200: pushKey },
})

/** The key that browsers subscribe with; the same for all orders. */
export default defineApi(async (event) => {
  setResponseHeader(event, 'cache-control', 'public, max-age=3600')
  return { key: vapidKeys(sessionSecret()).publicKey }
})
