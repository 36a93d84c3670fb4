import type { H3Event } from 'h3'
import { z } from 'zod'
import { slug } from '#shared/menu/menu'
import type { App } from '~/server/app'
import { tokenOf } from '~/server/staff/sessions'
import { ofSamePerson, signIn } from '~/server/staff/sign-in'
import { readDevice, rememberDevice } from '~/server/utils/device'
import { signIn as signedInNow } from '~/server/openapi/answers'

const body = z.strictObject({
  pizzeria: slug,
  pin: z.string().min(4).max(32),
  /** Where several members share a PIN: as whom. */
  role: z.enum(['counter', 'manager', 'kitchen']).optional(),
  /** For programs: answer with a bearer token too. */
  token: z.boolean().default(false),
})

export const operation = defineOperation({
  summary: 'Signs in with a PIN; with `token`, for programs.',
  who: 'anyone',
  body,
  example: { pizzeria: 'napoli', pin: '000000' },
  answers: { 200: signedInNow },
  errors: ['staff.pin_wrong', 'staff.slow_down'],
})

export default defineApi(async (event, app) => {
  const { pizzeria, pin, role, token } = await readBodyAs(event, body)
  const address = app.budgets.who('address', requestAddress(event, app))
  const { session, mustChangePin } = await signIn(app, {
    pizzeria,
    pin,
    role,
    address,
    device: await knownDevice(event, app, pizzeria),
  })
  rememberDevice(event, pizzeria)
  const others = (await browserSessions(event)).filter((one) => one.pizzeria !== pizzeria)
  const user = await giveSession(event, session, await ofSamePerson(app, others, pin))
  return { user, mustChangePin, ...(token && { token: tokenOf(session, sessionSecret()) }) }
})

/** A device that staff of this pizzeria have signed in on: by its own cookie, or by a sign-in that still lives. */
async function knownDevice(event: H3Event, { budgets }: App, pizzeria: string): Promise<string | null> {
  const device = readDevice(event, pizzeria)
  if (device) return budgets.who('device', device)
  const session = await readSession(event)
  return session?.pizzeria === pizzeria && session.kind === 'staff' ? budgets.who('session', session.id) : null
}
