import { may } from '#shared/staff/may'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { done } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: "Rings the bell on the kitchen's screens.",
  who: 'kitchen.ring',
  params: pizzeriaParams,
  answers: { 200: done },
})

export default defineApi(async (event, { display }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['kitchen.ring'])
  await display.ring(pizzeria)
  return { ok: true }
})
