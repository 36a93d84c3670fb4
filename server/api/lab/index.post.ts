import { z } from 'zod'
import { Rejected } from '#shared/order/rejections'
import { requireLab } from '~/server/utils/lab'
import { done } from '~/server/openapi/answers'

const body = z.strictObject({ act: z.enum(['orders', 'rest', 'doorbell', 'epoch']) })

export const operation = defineOperation({
  summary: 'Lets orders arrive in the laboratory, or makes a fault at the server.',
  who: 'anyone',
  body,
  example: { act: 'doorbell' },
  answers: { 200: done },
  errors: ['request.not_found', 'server.limit'],
})

/** Lets orders arrive, or makes a fault at the server; of the demo alone. */
export default defineApi(async (event, app) => {
  const lab = requireLab(app)
  const { act } = await readBodyAs(event, body)
  if (!lab.mayAct()) throw new Rejected('server.limit', { retryAfter: 1 })
  await lab.act(act, app)
  return { ok: true as const }
})
