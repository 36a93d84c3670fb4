import { z } from 'zod'
import { slug } from '#shared/menu/menu'
import { signIn, tokenOf } from '~/server/staff/sessions'

const body = z.strictObject({
  pizzeria: slug,
  pin: z.string().min(4).max(32),
  /** Where several members share a PIN: as whom. */
  role: z.enum(['counter', 'manager', 'kitchen']).optional(),
  /** For programs: answer with a bearer token too. */
  token: z.boolean().default(false),
})

export default defineApi(async (event, app) => {
  const { pizzeria, pin, role, token } = await readBodyAs(event, body)
  const session = await signIn(app, { pizzeria, pin, role, address: requestAddress(event, app) })
  const user = await giveSession(event, session)
  return token ? { user, token: tokenOf(session, sessionSecret()) } : { user }
})
