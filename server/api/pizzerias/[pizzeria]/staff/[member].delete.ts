import { may } from '#shared/staff/may'
import { actingAs, actorOf, requireRole } from '~/server/staff/sessions'
import { removeMember } from '~/server/staff/staff'
import { memberParams } from '~/server/utils/params'

export const operation = defineOperation({
  summary: 'Somebody leaves.',
  who: 'staff.manage',
  params: memberParams,
  answers: { 204: null },
  errors: ['staff.unknown', 'staff.last_manager'],
})

/** Somebody leaves. */
export default defineApi(async (event, app) => {
  const { pizzeria, member: id } = readParams(event, memberParams)
  const session = requireRole(await readSession(event), pizzeria, may['staff.manage'])
  await removeMember(actingAs(app, session), { pizzeria, id, actor: actorOf(session) })
  return sendNoContent(event)
})
