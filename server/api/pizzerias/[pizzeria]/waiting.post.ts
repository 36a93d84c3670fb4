import { may } from '#shared/staff/may'
import { z } from 'zod'
import { answerWaiting } from '~/server/orders/waiting'
import { actingAs, actorOf, requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { answeredOrders } from '~/server/openapi/answers'

const body = z.strictObject({
  answer: z.enum(['accept', 'reject', 'restore']),
  which: z.union([
    z.strictObject({ held: z.literal(true) }),
    z.strictObject({ source: z.string().min(1).max(40) }),
    z.strictObject({ orders: z.array(z.string().min(1).max(64)).min(1).max(500) }),
  ]),
})

export const operation = defineOperation({
  summary: 'One answer to many orders that wait for the counter.',
  who: 'order.accept',
  params: pizzeriaParams,
  body,
  example: { answer: 'accept', which: { held: true } },
  answers: { 200: answeredOrders },
})

/** One answer to many orders that wait for the counter: to all that are held, to one source's, or to these. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const session = requireRole(await readSession(event), pizzeria, may['order.accept'])
  const { answer, which } = await readBodyAs(event, body)
  return await answerWaiting(actingAs(app, session), { pizzeria, answer, which, actor: actorOf(session) })
})
