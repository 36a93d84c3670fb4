import { readTable } from '~/server/orders/follow'
import { tableParams } from '~/server/utils/params'
import { table } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Which table a QR code stands on, and what was ordered there.',
  who: 'link',
  params: tableParams,
  answers: { 200: table },
  errors: ['pizzeria.unknown', 'table.unknown'],
})

/** Which table a QR code stands on, and what was ordered there, without names. */
export default defineApi(async (event, app) => {
  const { pizzeria, token } = readParams(event, tableParams)
  return await readTable(app, pizzeria, token)
})
