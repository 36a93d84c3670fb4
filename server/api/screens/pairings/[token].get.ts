import { z } from 'zod'
import { isPaired } from '~/server/staff/screens'
import { pairingState } from '~/server/openapi/answers'

const params = z.object({ token: z.string().min(20).max(64) })

export const operation = defineOperation({
  summary: 'Whether the code was entered, for pages of older builds.',
  who: 'link',
  params,
  answers: { 200: pairingState, 202: pairingState },
  errors: ['screen.code_unknown'],
})

/**
 * Whether the code was entered, for pages of older builds, which asked like this and load themselves again at 200. A
 * GET hands out no session: any page can make a browser send one.
 */
export default defineApi(async (event, app) => {
  const paired = await isPaired(app, readParams(event, params).token)
  if (!paired) setResponseStatus(event, 202)
  return { paired }
})
