import { watchDebounced } from '@vueuse/core'
import type { Ref } from 'vue'
import type { PlanView } from '~/server/menu/editor/plan'
import type { MenuBook } from '~/server/menu/editor/book'
import { isUnchanged } from '#shared/menu/menu-changes'
import type { MenuDraft } from '~/composables/menu-editor/useMenuDraft'
import { sendCommand, type CommandResult } from '~/composables/useCommand'

export interface MenuPlan {
  /** The menu that is to be published at a time, whoever planned it; null: none. */
  plan: Readonly<Ref<PlanView | null>>
  /** Nothing of this device would be lost by taking the plan into the editor. */
  mayEdit: Readonly<Ref<boolean>>
  /** `at`: ms since 1970. What was edited is then no longer kept here: the plan has it. */
  set(at: number): Promise<CommandResult<object> | 'merged'>
  cancel(): Promise<CommandResult<object>>
  /** Takes the plan back into the editor. */
  edit(): Promise<CommandResult<object>>
}

/** The planned menu of a pizzeria. It follows what other managers do, and what the server does at the time. */
export function useMenuPlan(pizzeria: string, draft: MenuDraft, position: () => number): MenuPlan {
  const path = `/api/pizzerias/${pizzeria}/menu/plan`
  const plan = shallowRef<PlanView | null>(null)
  const read = (isWhole: boolean) =>
    sendCommand<{ plan: PlanView | null }>(`${path}?whole=${isWhole}`, { method: 'GET', tries: 3 })

  async function load() {
    const result = await read(false)
    if (result.name !== 'done') return
    const isGone = plan.value !== null && result.data.plan === null
    plan.value = result.data.plan
    // Published at its time, or taken back by somebody: in either case the menu may be another one.
    if (isGone && draft.book.value) await draft.refresh()
  }
  onMounted(load)
  watchDebounced(position, () => void load(), { debounce: 500, maxWait: 3000 })

  async function cancel() {
    const result = await sendCommand<object>(path, { method: 'DELETE', tries: 2 })
    if (result.name === 'done') plan.value = null
    else await load()
    return result
  }
  return {
    plan,
    mayEdit: computed(() => isUnchanged(draft.changes.value)),
    async set(at) {
      const { categories, items, toppings, crusts } = draft.menu.value
      const result = await sendCommand<{ plan: PlanView }>(path, {
        method: 'PUT',
        body: {
          ...{ categories, items, toppings, crusts },
          ifVersion: draft.book.value!.version,
          at: new Date(at).toISOString(),
        },
        tries: 2,
        timeout: 15_000,
      })
      if (result.name === 'refused' && result.code === 'menu.stale') {
        draft.rebaseOn(result.details.menu as MenuBook)
        return 'merged'
      }
      if (result.name !== 'done') return result
      plan.value = result.data.plan
      draft.discard()
      return result
    },
    cancel,
    async edit() {
      const whole = await read(true)
      if (whole.name !== 'done') return whole
      const result = await cancel()
      const found = whole.data.plan
      if (result.name === 'done' && found?.base && found.menu) await draft.take(found.base, found.menu)
      return result
    },
  }
}
