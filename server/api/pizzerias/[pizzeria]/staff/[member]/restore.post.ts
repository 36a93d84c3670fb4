import { may } from '#shared/staff/may'
import { actingAs, actorOf, requireRole } from '~/server/staff/sessions'
import { restoreMember } from '~/server/staff/staff'
import { memberParams } from '~/server/utils/params'
import { changedMember } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Somebody who was just removed comes back.',
  who: 'staff.manage',
  params: memberParams,
  answers: { 200: changedMember },
  errors: ['staff.unknown'],
})

/** Somebody who was just removed comes back. */
export default defineApi(async (event, app) => {
  const { pizzeria, member: id } = readParams(event, memberParams)
  const session = requireRole(await readSession(event), pizzeria, may['staff.manage'])
  return { member: await restoreMember(actingAs(app, session), { pizzeria, id, actor: actorOf(session) }) }
})
