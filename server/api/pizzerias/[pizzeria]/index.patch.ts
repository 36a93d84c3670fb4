import { z } from 'zod'
import { setCondition } from '~/server/menu/availability'
import { viewPizzeria } from '~/server/menu/pizzeria'
import { actorOf, requireRole, staffRoles } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'

const body = z.strictObject({
  pausedUntil: z.iso.datetime().nullable().optional(),
  busyMinutes: z.int().min(0).max(120).optional(),
})

export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const session = requireRole(await readSession(event), pizzeria, staffRoles)
  await setCondition(app, { pizzeria, change: await readBodyAs(event, body), actor: actorOf(session) })
  const after = await app.store.read((tx) => tx.pizzeria(pizzeria))
  return { pizzeria: viewPizzeria(after!, app.clock()) }
})
