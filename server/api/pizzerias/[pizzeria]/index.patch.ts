import { may } from '#shared/staff/may'
import { viewPizzeria, viewPolicies } from '~/server/menu/pizzeria'
import { changePizzeria, isManagers, pizzeriaChange, versionedSettings } from '~/server/menu/settings'
import { actingAs, actorOf, requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { pizzeriaState } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Pause, busy minutes, and what the manager has set for the house.',
  who: 'pizzeria.pace',
  params: pizzeriaParams,
  body: pizzeriaChange,
  example: { busyMinutes: 10 },
  answers: { 200: pizzeriaState },
  errors: ['pizzeria.unknown', 'pizzeria.stale', 'order.phone_invalid', 'photo.unknown'],
})

/** Staff pause, slow down and close; what holds beyond the evening is the manager's. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const session = requireRole(await readSession(event), pizzeria, may['pizzeria.pace'])
  const change = await readBodyAs(event, pizzeriaChange)
  if (change.closedUntil !== undefined) requireRole(session, pizzeria, may['pizzeria.close'])
  if (isManagers(change)) requireRole(session, pizzeria, may['pizzeria.settings'])
  const { pizzeria: after, touched } = await changePizzeria(actingAs(app, session), {
    pizzeria,
    change,
    actor: actorOf(session),
  })
  const answer = { pizzeria: viewPizzeria(after, app.clock()), policies: viewPolicies(after) }
  return { ...answer, ...versionedSettings(after), touched }
})
