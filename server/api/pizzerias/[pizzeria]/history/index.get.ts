import { z } from 'zod'
import { pastOrders } from '#shared/order/history'
import { may } from '#shared/staff/may'
import { readHistory } from '~/server/history/history'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'

const query = z.object({
  /** A number, a name or a part of it, or a phone number. */
  query: z.string().max(80).default(''),
  /** A business day. */
  day: z.iso.date().optional(),
  /** Of the answer that this one goes on from. */
  before: z
    .string()
    .regex(/^\d{1,15}\.[\w-]{1,64}$/)
    .transform((cursor) => ({ placedAt: Number(cursor.split('.')[0]), id: cursor.split('.')[1]! }))
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
})

export const operation = defineOperation({
  summary: 'Past orders by number, name, phone or day, the newest first.',
  who: 'order.history',
  params: pizzeriaParams,
  query,
  answers: { 200: pastOrders },
})

/** Past orders, the newest first. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['order.history'])
  return await readHistory(app, { pizzeria, ...parseAs(query, getQuery(event)) })
})
