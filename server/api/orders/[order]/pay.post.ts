import { may } from '#shared/staff/may'
import { z } from 'zod'
import { changeOrder } from '~/server/orders/change'
import { actingAs, actorOf, requireSignedIn } from '~/server/staff/sessions'
import { orderParams } from '~/server/utils/params'

const body = z.strictObject({ paid: z.boolean(), ifVersion: z.int().min(1) })

export default defineApi(async (event, app) => {
  const { order: id } = readParams(event, orderParams)
  const session = requireSignedIn(await readSession(event), may['order.pay'])
  const command = { name: 'pay', ...(await readBodyAs(event, body)) } as const
  return {
    order: await changeOrder(actingAs(app, session), {
      id,
      pizzeria: session.pizzeria,
      command,
      actor: actorOf(session),
    }),
  }
})
