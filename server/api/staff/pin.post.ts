import { z } from 'zod'
import { newPin } from '#shared/staff/setup'
import { roles } from '#shared/order/roles'
import { actingAs, actorOf, requireSignedIn } from '~/server/staff/sessions'
import { changeOwnPin } from '~/server/staff/staff'

const body = z.strictObject({ pin: z.string().min(4).max(32), newPin })

export const operation = defineOperation({
  summary: 'Whoever is signed in chooses a PIN of their own.',
  who: 'signed in',
  body,
  example: { pin: '000000', newPin: '111111' },
  answers: { 204: null },
  errors: ['staff.pin_wrong', 'staff.pin_taken', 'staff.unknown', 'staff.slow_down'],
})

/** Whoever is signed in chooses a PIN of their own, and says the one of now. */
export default defineApi(async (event, app) => {
  const session = requireSignedIn(await readSession(event), roles)
  const { pin, newPin: next } = await readBodyAs(event, body)
  await changeOwnPin(actingAs(app, session), { session, pin, next, actor: actorOf(session) })
  return sendNoContent(event)
})
