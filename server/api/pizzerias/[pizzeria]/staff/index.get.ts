import { may } from '#shared/staff/may'
import { requireRole } from '~/server/staff/sessions'
import { viewMember } from '~/server/staff/staff'
import { pizzeriaParams } from '~/server/utils/params'
import { memberList } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Who works here.',
  who: 'staff.manage',
  params: pizzeriaParams,
  answers: { 200: memberList },
})

/** Who works here. */
export default defineApi(async (event, { store }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['staff.manage'])
  return (await store.read((tx) => tx.staffOf(pizzeria))).map(viewMember)
})
