import { z } from 'zod'
import { claimPairing } from '~/server/staff/screens'

const params = z.object({ token: z.string().min(20).max(64) })

/** The screen asks whether its code was entered: 202 while it was not, then once 200 with its session. */
export default defineApi(async (event, app) => {
  const { token } = readParams(event, params)
  const session = await claimPairing(app, { token, signedIn: await readSession(event) })
  if (session) return await giveSession(event, session)
  setResponseStatus(event, 202)
  return {}
})
