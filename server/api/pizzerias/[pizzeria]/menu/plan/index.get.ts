import { z } from 'zod'
import { may } from '#shared/staff/may'
import { readPlan } from '~/server/menu/editor/plan'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { menuPlan } from '~/server/openapi/answers'

const query = z.object({ whole: z.enum(['true', 'false']).default('false') })

export const operation = defineOperation({
  summary: 'The menu that is to be published at a time, if there is one.',
  who: 'menu.edit',
  params: pizzeriaParams,
  query,
  answers: { 200: menuPlan },
  errors: ['pizzeria.unknown'],
})

/** The plan; `whole`: with its menu and the one that it was made from. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['menu.edit'])
  const { whole } = parseAs(query, getQuery(event))
  return { plan: await readPlan(app, pizzeria, whole === 'true') }
})
