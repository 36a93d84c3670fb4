import { may } from '#shared/staff/may'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { rehearse } from '#shared/order/rehearsal'
import { unhurriedStaff } from '~/server/orders/rehearsal'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { rehearsalView } from '~/server/openapi/answers'

const body = z.strictObject({
  minutes: z.number().min(0.1).max(240).default(30),
  peak: z.number().min(1).max(2000).default(239),
  staffed: z.boolean().default(true),
  seed: z.string().min(1).max(40).optional(),
})

export const operation = defineOperation({
  summary: 'Plays a made-up evening, marked TEST.',
  who: 'rehearsal.run',
  params: pizzeriaParams,
  body,
  example: { minutes: 5, peak: 60 },
  answers: { 201: rehearsalView },
  errors: ['pizzeria.unknown'],
})

/** Plays a made-up Friday night; one that runs already ends. */
export default defineApi(async (event, { rehearsals }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['rehearsal.run'])
  const { minutes, peak, staffed, seed = randomUUID() } = await readBodyAs(event, body)
  setResponseStatus(event, 201)
  return await rehearsals.start(pizzeria, { minutes, staff: staffed ? unhurriedStaff : null }, (menu) =>
    rehearse({ menu, seed, minutes, peak }),
  )
})
