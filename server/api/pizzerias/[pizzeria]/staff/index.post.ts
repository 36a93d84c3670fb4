import { z } from 'zod'
import { roles } from '#shared/order/roles'
import { may } from '#shared/staff/may'
import { newPin } from '#shared/staff/setup'
import { someText } from '#shared/text-input'
import { actingAs, actorOf, requireRole } from '~/server/staff/sessions'
import { addMember } from '~/server/staff/staff'
import { pizzeriaParams } from '~/server/utils/params'
import { newMember } from '~/server/openapi/answers'

const body = z.strictObject({ name: someText(60), role: z.enum(roles), pin: newPin.optional() })

export const operation = defineOperation({
  summary: 'Somebody new works here.',
  who: 'staff.manage',
  params: pizzeriaParams,
  body,
  example: { name: 'Lia', role: 'counter' },
  answers: { 201: newMember },
  errors: ['staff.pin_taken'],
})

/** Somebody new; without a PIN one is made and answered, this once. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const session = requireRole(await readSession(event), pizzeria, may['staff.manage'])
  const member = await readBodyAs(event, body)
  const added = await addMember(actingAs(app, session), pizzeria, member, actorOf(session))
  setResponseStatus(event, 201)
  return added
})
