import { z } from 'zod'
import { startPairing } from '~/server/staff/screens'

const body = z.strictObject({ device: z.string().regex(/^[\w-]{8,64}$/) })

/** A new screen asks for the code that it shows. */
export default defineApi(async (event, app) => {
  await app.budgets.spend('pairing', app.budgets.who('address', requestAddress(event, app)))
  const { device } = await readBodyAs(event, body)
  setResponseStatus(event, 201)
  return await startPairing(app, device)
})
