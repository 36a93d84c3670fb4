import { z } from 'zod'
import { claimPairing } from '~/server/staff/screens'
import { anyJson, signedIn } from '~/server/openapi/answers'

const params = z.object({ token: z.string().min(20).max(64) })

export const operation = defineOperation({
  summary: 'The screen takes its session, once its code was entered.',
  who: 'link',
  params,
  answers: { 200: signedIn, 202: anyJson },
  errors: ['screen.code_unknown', 'screen.signed_in'],
})

/** The screen asks whether its code was entered: 202 while it was not, then once 200 with its session. */
export default defineApi(async (event, app) => {
  const { token } = readParams(event, params)
  const session = await claimPairing(app, { token, signedIn: await readSession(event) })
  if (session) return await giveSession(event, session)
  setResponseStatus(event, 202)
  return {}
})
