import { requirePizzeria, tableOf } from '~/server/menu/pizzeria'
import { tableParams } from '~/server/utils/params'
import { table } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Which table a QR code stands on.',
  who: 'link',
  params: tableParams,
  answers: { 200: table },
  errors: ['pizzeria.unknown', 'table.unknown'],
})

/** Which table a QR code stands on. */
export default defineApi(async (event, { store }) => {
  const { pizzeria, token } = readParams(event, tableParams)
  return { table: { name: tableOf(await store.read((tx) => requirePizzeria(tx, pizzeria)), token) } }
})
