import { z } from 'zod'
import { startPairing } from '~/server/staff/screens'
import { pairingCode } from '~/server/openapi/answers'

const body = z.strictObject({ device: z.string().regex(/^[\w-]{8,64}$/) })

export const operation = defineOperation({
  summary: 'A new screen asks for the code that it shows.',
  who: 'anyone',
  body,
  example: { device: 'device-of-the-oven' },
  answers: { 201: pairingCode },
  errors: ['staff.slow_down'],
})

/** A new screen asks for the code that it shows, and for the site's address as a phone can open it. */
export default defineApi(async (event, app) => {
  await app.budgets.spend('pairing', app.budgets.who('address', requestAddress(event, app)))
  const { device } = await readBodyAs(event, body)
  setResponseStatus(event, 201)
  return { ...(await startPairing(app, device)), site: readSites(event, app)[0]! }
})
