import { z } from 'zod'
import { takePoint } from '~/server/staff/limits'
import { startPairing } from '~/server/staff/screens'

const body = z.strictObject({ device: z.string().regex(/^[\w-]{8,64}$/) })

/** A new screen asks for the code that it shows. */
export default defineApi(async (event, app) => {
  await takePoint(app.limits.pairing, requestAddress(event, app))
  const { device } = await readBodyAs(event, body)
  setResponseStatus(event, 201)
  return await startPairing(app, device)
})
