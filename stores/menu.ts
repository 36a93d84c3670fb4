import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { isNewer } from '#shared/live/by-version'
import type { LiveEvent } from '#shared/live/events'
import type { Snapshot } from '#shared/live/messages'
import type { Menu } from '#shared/menu/menu'
import { applyMenuChange } from '#shared/menu/sold-out'

/** The menu as customers see it. It changes only by snapshots and by changes newer than what it has. */
export const useMenuStore = defineStore('menu', () => {
  const menu = shallowRef<Menu | null>(null)
  const version = shallowRef(0)

  function reset(snapshot: Snapshot<Menu>) {
    menu.value = snapshot.state
    version.value = snapshot.position
  }

  function apply(event: LiveEvent<'menu'>) {
    switch (event.type) {
      case 'menu.changed': {
        const next = { version: event.version ?? event.position }
        if (!menu.value || !isNewer({ version: version.value }, next)) return
        menu.value = applyMenuChange(menu.value, event.data)
        version.value = next.version
        return
      }
      case undefined:
        return
      default:
        return event satisfies never
    }
  }

  return { menu, version, reset, apply }
})
