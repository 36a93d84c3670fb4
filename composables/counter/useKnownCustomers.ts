import { watchDebounced } from '@vueuse/core'
import type { KnownCustomer } from '#shared/order/known'
import { sendCommand } from '~/composables/useCommand'

/** So many digits tell people apart; fewer are still being typed. */
const fewestDigits = 7

/** Who ordered with this number before, and what they had last: asked while the number is typed. */
export function useKnownCustomers(pizzeria: string, phone: () => string) {
  const found = shallowRef<readonly KnownCustomer[]>([])
  let asking: AbortController | null = null

  async function ask(written: string) {
    asking?.abort()
    found.value = []
    if (written.replace(/\D/g, '').length < fewestDigits) return
    const mine = (asking = new AbortController())
    const result = await sendCommand<{ customers: KnownCustomer[] }>(`/api/pizzerias/${pizzeria}/customers/find`, {
      method: 'POST',
      body: { phone: written },
      signal: mine.signal,
    })
    if (mine.signal.aborted || result.name !== 'done') return
    found.value = result.data.customers
  }
  watchDebounced(phone, (written) => void ask(written.trim()), { debounce: 200, immediate: true })
  onScopeDispose(() => asking?.abort())
  return found
}
