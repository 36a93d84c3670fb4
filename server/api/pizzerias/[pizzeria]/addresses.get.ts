import { may } from '#shared/staff/may'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { siteAddresses } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Where phones in the shop may reach this site.',
  who: 'screens.manage',
  params: pizzeriaParams,
  answers: { 200: siteAddresses },
})

/** Where phones in the shop may reach this site, for its QR codes. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['screens.manage'])
  return { addresses: readSites(event, app) }
})
