import { requirePizzeria, tableOf } from '~/server/menu/pizzeria'
import { tableParams } from '~/server/utils/params'

/** Which table a QR code stands on. */
export default defineApi(async (event, { store }) => {
  const { pizzeria, token } = readParams(event, tableParams)
  return { table: { name: tableOf(await store.read((tx) => requirePizzeria(tx, pizzeria)), token) } }
})
