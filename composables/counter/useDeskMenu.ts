import type { Menu } from '#shared/menu/menu'
import { fetchSnapshot } from '~/composables/live/snapshot'
import type { useCounterStore } from '~/stores/counter'

export type DeskMenu = ReturnType<typeof useDeskMenu>

/**
 * The menu at the counter: read when a panel first needs it, and again after each snapshot for as long as one does.
 * What was read before is shown until then.
 */
export function useDeskMenu(store: ReturnType<typeof useCounterStore>) {
  const state = shallowRef<'idle' | 'loading' | 'failed'>('idle')
  const menu = shallowRef<Menu | null>(null)
  watch(
    () => store.menu,
    (read) => {
      if (read) menu.value = read
    },
  )

  /** `again`: what is here is older than what the server has just refused. */
  async function load({ again = false } = {}) {
    if (!store.pizzeria || state.value === 'loading' || (store.menu && !again)) return
    state.value = 'loading'
    const answer = await fetchSnapshot($fetch, `menu:${store.pizzeria.id}`)
    if (answer.name === 'snapshot') store.setMenu(answer.snapshot.state as Menu)
    state.value = answer.name === 'snapshot' ? 'idle' : 'failed'
  }

  /** Keeps it read while `isNeeded`. */
  const need = (isNeeded: () => boolean) =>
    watch([isNeeded, () => store.menu], () => isNeeded() && void load(), { immediate: true })

  return { menu, state, load, need }
}
