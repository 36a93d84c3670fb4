import { z } from 'zod'
import { roles } from '#shared/order/roles'
import { may } from '#shared/staff/may'
import { newPin } from '#shared/staff/setup'
import { someText } from '#shared/text-input'
import { actingAs, actorOf, requireRole } from '~/server/staff/sessions'
import { changeMember } from '~/server/staff/staff'
import { memberParams } from '~/server/utils/params'
import { changedMember } from '~/server/openapi/answers'

const body = z
  .strictObject({ name: someText(60).optional(), role: z.enum(roles).optional(), pin: newPin.optional() })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'Invalid input: nothing to change')

export const operation = defineOperation({
  summary: 'Another name, role or PIN.',
  who: 'staff.manage',
  params: memberParams,
  body,
  example: { name: 'Lia' },
  answers: { 200: changedMember },
  errors: ['staff.unknown', 'staff.pin_taken', 'staff.last_manager'],
})

/** Another name, role or PIN. */
export default defineApi(async (event, app) => {
  const { pizzeria, member: id } = readParams(event, memberParams)
  const session = requireRole(await readSession(event), pizzeria, may['staff.manage'])
  const change = await readBodyAs(event, body)
  return { member: await changeMember(actingAs(app, session), { pizzeria, id, change, actor: actorOf(session) }) }
})
