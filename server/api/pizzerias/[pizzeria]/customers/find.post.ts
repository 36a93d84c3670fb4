import { z } from 'zod'
import { customerInput } from '#shared/order/order'
import { may } from '#shared/staff/may'
import { findCustomers } from '~/server/people/find'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { knownCustomers } from '~/server/openapi/answers'

const body = z.strictObject({ phone: customerInput.shape.phone.unwrap() })

export const operation = defineOperation({
  summary: 'Who ordered here with this phone number, and what they had last.',
  who: 'order.place',
  params: pizzeriaParams,
  body,
  example: { phone: '+33612345678' },
  answers: { 200: knownCustomers },
  errors: ['pizzeria.unknown'],
})

/** Who ordered here with this phone number. A POST, so that no address in no log holds a number. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['order.place'])
  const { phone } = await readBodyAs(event, body)
  return { customers: await findCustomers(app, pizzeria, phone) }
})
