import { may } from '#shared/staff/may'
import { actingAs, actorOf, requireRole } from '~/server/staff/sessions'
import { restoreMember } from '~/server/staff/staff'
import { memberParams } from '~/server/utils/params'

/** Somebody who was just removed comes back. */
export default defineApi(async (event, app) => {
  const { pizzeria, member: id } = readParams(event, memberParams)
  const session = requireRole(await readSession(event), pizzeria, may['staff.manage'])
  return { member: await restoreMember(actingAs(app, session), { pizzeria, id, actor: actorOf(session) }) }
})
