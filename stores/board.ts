import { defineStore } from 'pinia'
import { boardStates } from '#shared/order/views'
import { byId, byVersion } from '#shared/live/by-version'
import type { LiveEvent } from '#shared/live/events'
import type { Snapshot } from '#shared/live/messages'
import type { BoardEntry, BoardState } from '#shared/order/views'

/** The public pick-up board: numbers, first names and states, and nothing else. */
export const useBoardStore = defineStore('board', () => {
  const pizzeria = shallowRef<BoardState['pizzeria'] | null>(null)
  /** Includes those that have left: their version keeps a late, older event from bringing them back. */
  const known = shallowRef<Record<string, BoardEntry>>({})

  const standing = computed(() =>
    Object.values(known.value).filter((entry) => (boardStates as readonly string[]).includes(entry.state)),
  )
  /** By number, so that an entry keeps its place while somebody looks for it. */
  const preparing = computed(() =>
    standing.value.filter((entry) => entry.state !== 'ready').sort((a, b) => a.number - b.number),
  )
  /** The latest first: whoever waits looks there. */
  const ready = computed(() =>
    standing.value
      .filter((entry) => entry.state === 'ready')
      .sort((a, b) => (b.readyAt ?? b.updatedAt).localeCompare(a.readyAt ?? a.updatedAt)),
  )

  function reset({ state }: Snapshot<BoardState>) {
    pizzeria.value = state.pizzeria
    known.value = byId(state.entries)
  }

  function apply(event: LiveEvent<'board'>) {
    switch (event.type) {
      case 'order.placed':
      case 'order.moved':
      case 'order.paid':
        return void (known.value = recent(byVersion(known.value, event.data)))
      case undefined:
        return
      default:
        return event satisfies never
    }
  }

  return { pizzeria, known, preparing, ready, reset, apply }
})

/** A board runs for months. Past 500 entries, it forgets the half that changed longest ago and has left. */
function recent(known: Record<string, BoardEntry>): Record<string, BoardEntry> {
  const all = Object.values(known)
  if (all.length < 500) return known
  const gone = all
    .filter((entry) => !(boardStates as readonly string[]).includes(entry.state))
    .sort((a, b) => a.updatedAt.localeCompare(b.updatedAt))
  const drop = new Set(gone.slice(0, gone.length / 2).map((entry) => entry.id))
  return Object.fromEntries(all.filter((entry) => !drop.has(entry.id)).map((entry) => [entry.id, entry]))
}
