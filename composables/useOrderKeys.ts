/** What the keyboard does at the counter. Arrows move between cards by where they lie on the screen. */
export interface OrderKeys {
  advance: (order: string) => void
  undo: () => void
  search: () => void
  help: () => void
}

interface Box { left: number, top: number, width: number, height: number }
export type Direction = 'up' | 'down' | 'left' | 'right'

/**
 * The box that lies next in a direction, or -1: distance along the direction, with what lies beside it counted
 * threefold, so that "down" stays in its column.
 */
export function nearest(from: Box, all: readonly Box[], direction: Direction): number {
  const centre = (box: Box) => ({ x: box.left + box.width / 2, y: box.top + box.height / 2 })
  const here = centre(from)
  let best = -1
  let least = Infinity
  for (const [index, box] of all.entries()) {
    const there = centre(box)
    const along = direction === 'down' ? there.y - here.y : direction === 'up' ? here.y - there.y : direction === 'right' ? there.x - here.x : here.x - there.x
    const across = Math.abs(direction === 'up' || direction === 'down' ? there.x - here.x : there.y - here.y)
    if (along > 4 && along + across * 3 < least) [best, least] = [index, along + across * 3]
  }
  return best
}

const arrows: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' }

/** Listens on the whole page, but leaves fields, dialogs and menus alone. */
export function useOrderKeys(keys: OrderKeys) {
  if (import.meta.server) return
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    const target = event.target instanceof HTMLElement ? event.target : document.body
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]')) return
    const direction = arrows[event.key]
    if (direction) move(target, direction)
    else if (event.key === 'Enter' && target.dataset.order) keys.advance(target.dataset.order)
    else if (event.key === 'u' || event.key === 'U') keys.undo()
    else if (event.key === '/') keys.search()
    else if (event.key === '?') keys.help()
    else return
    event.preventDefault()
  })
}

function move(target: HTMLElement, direction: Direction) {
  const cards = [...document.querySelectorAll<HTMLElement>('[data-order]')].filter(card => card.offsetParent !== null)
  const here = target.closest<HTMLElement>('[data-order]')
  const next = here ? cards[nearest(here.getBoundingClientRect(), cards.map(card => card.getBoundingClientRect()), direction)] : cards[0]
  next?.focus()
}
