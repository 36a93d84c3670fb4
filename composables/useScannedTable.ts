import { int, nullable, object, text } from '#shared/live/client/checks'
import { sendCommand } from '~/composables/useCommand'
import { useKept } from '~/composables/useKept'

export interface ScannedTable {
  name: string
  token: string
  /** ms */ at: number
}
/** How long somebody sits at a table, ms. */
export const staysAtTableMs = 4 * 3_600_000

/**
 * The table whose QR code opened the menu (`?table=…`): the order is for it. It is kept on this device for an evening,
 * because the address is lost on the way to the order's page and back. `isUnknown`: the code is of no table any more.
 */
export function useScannedTable(pizzeria: string) {
  const route = useRoute()
  const kept = useKept<ScannedTable | null>(
    `comanda:table:${pizzeria}`,
    nullable(object<ScannedTable>({ name: text, token: text, at: int })),
    null,
  )
  const isUnknown = shallowRef(false)
  onMounted(async () => {
    const token = typeof route.query.table === 'string' ? route.query.table : kept.value?.token
    if (!token) return
    if (kept.value && kept.value.token === token && !route.query.table && Date.now() - kept.value.at > staysAtTableMs)
      return void (kept.value = null)
    const path = `/api/pizzerias/${pizzeria}/tables/${encodeURIComponent(token)}`
    const result = await sendCommand<{ table: { name: string } }>(path, { method: 'GET', tries: 3 })
    if (result.name === 'done') kept.value = { name: result.data.table.name, token, at: Date.now() }
    else if (result.name === 'refused') {
      isUnknown.value = Boolean(route.query.table)
      kept.value = null
    }
  })
  return { table: kept, isUnknown }
}
