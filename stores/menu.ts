import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { LiveEvent, Snapshot } from '#shared/live/messages'
import type { Menu } from '#shared/menu/menu'
import { applyMenuChange, menuChange } from '#shared/menu/menu'

/** The menu as customers see it. It moves only by snapshots and by changes newer than what it has. */
export const useMenuStore = defineStore('menu', () => {
  const menu = shallowRef<Menu | null>(null)
  const version = shallowRef(0)

  function reset(snapshot: Snapshot<Menu>) {
    menu.value = snapshot.state
    version.value = snapshot.position
  }

  function apply(event: LiveEvent) {
    const newer = event.version ?? event.position
    if (event.type !== 'menu.changed' || !menu.value || newer <= version.value) return
    const change = menuChange.safeParse(event.data)
    if (!change.success) return
    menu.value = applyMenuChange(menu.value, change.data)
    version.value = newer
  }

  return { menu, version, reset, apply }
})
