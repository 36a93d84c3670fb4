import { may } from '#shared/staff/may'
import { requireRole } from '~/server/staff/sessions'
import { viewMember } from '~/server/staff/staff'
import { pizzeriaParams } from '~/server/utils/params'

/** Who works here. */
export default defineApi(async (event, { store }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['staff.manage'])
  return (await store.read((tx) => tx.staffOf(pizzeria))).map(viewMember)
})
