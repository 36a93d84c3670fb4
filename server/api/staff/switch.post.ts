import { z } from 'zod'
import { slug } from '#shared/menu/menu'
import { Rejected } from '#shared/order/rejections'
import { roles } from '#shared/order/roles'
import { signedIn } from '~/server/openapi/answers'
import { requireSignedIn } from '~/server/staff/sessions'

const body = z.strictObject({ pizzeria: slug })

export const operation = defineOperation({
  summary: 'Changes over to another pizzeria where this browser is signed in as the same person.',
  who: 'signed in',
  body,
  example: { pizzeria: 'napoli' },
  answers: { 200: signedIn },
  errors: ['pizzeria.unknown'],
})

/** Changes over to another of one's own pizzerias. */
export default defineApi(async (event) => {
  requireSignedIn(await readSession(event), roles)
  const { pizzeria } = await readBodyAs(event, body)
  const sessions = await browserSessions(event)
  const wanted = sessions.find((one) => one.pizzeria === pizzeria)
  if (!wanted) throw new Rejected('pizzeria.unknown', { pizzeria })
  return await giveSession(event, wanted, sessions)
})
