import { z } from 'zod'
import { takePoint } from '~/server/staff/limits'
import { startPairing } from '~/server/staff/screens'

const body = z.strictObject({ device: z.string().regex(/^[\w-]{8,64}$/) })

/** A new screen asks for the code that it shows. */
export default defineApi(async (event, services) => {
  await takePoint(services.limits.pairing, requestAddress(event, services))
  const { device } = await readBodyAs(event, body)
  setResponseStatus(event, 201)
  return await startPairing(services, device)
})
