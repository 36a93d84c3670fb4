import { z } from 'zod'
import { setCondition } from '~/server/menu/availability'
import { viewPizzeria } from '~/server/orders/pizzeria'
import { actorOf, requireRole, staffRoles } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'

const body = z.strictObject({
  pausedUntil: z.iso.datetime().nullable().optional(),
  busyMinutes: z.int().min(0).max(120).optional(),
})

export default defineApi(async (event, services) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const session = requireRole(await readSession(event), pizzeria, staffRoles)
  await setCondition(services, { pizzeria, change: await readBodyAs(event, body), actor: actorOf(session) })
  const after = await services.store.read((tx) => tx.pizzeria(pizzeria))
  return { pizzeria: viewPizzeria(after!, services.clock()) }
})
