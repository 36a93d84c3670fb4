import { nearest } from '~/composables/nearest'
import type { Direction } from '~/composables/nearest'

/** Keyboard control of the counter. Arrow keys move between cards by their position on the screen. */
export interface OrderKeys {
  advance: (order: string) => void
  undo: () => void
  /** A yes, or a no, to all orders that are held. */
  accept: () => void
  reject: () => void
  search: () => void
  /** A new order; the order that has the focus; its payments. */
  write: () => void
  change: (order: string) => void
  pay: (order: string) => void
  help: () => void
}

const arrows: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' }

/** Listens on the whole page, but ignores keys in fields, dialogs and menus. */
export function useOrderKeys(keys: OrderKeys) {
  if (import.meta.server) return
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    const target = event.target instanceof HTMLElement ? event.target : document.body
    if (
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]')
    )
      return
    const direction = arrows[event.key]
    if (direction) move(target, direction)
    else if (event.key === 'Enter' && target.dataset.order) keys.advance(target.dataset.order)
    else if (event.key === 'u' || event.key === 'U') keys.undo()
    else if (event.key === '+') keys.accept()
    else if (event.key === '-') keys.reject()
    else if (event.key === 'n' || event.key === 'N') keys.write()
    else if ((event.key === 'e' || event.key === 'E') && target.dataset.order) keys.change(target.dataset.order)
    else if ((event.key === 'p' || event.key === 'P') && target.dataset.order) keys.pay(target.dataset.order)
    else if (event.key === '/') keys.search()
    else if (event.key === '?') keys.help()
    else return
    event.preventDefault()
  })
}

function move(target: HTMLElement, direction: Direction) {
  const cards = [...document.querySelectorAll<HTMLElement>('[data-order]')].filter((card) => card.offsetParent !== null)
  const here = target.closest<HTMLElement>('[data-order]')
  const next = here
    ? cards[
        nearest(
          here.getBoundingClientRect(),
          cards.map((card) => card.getBoundingClientRect()),
          direction,
        )
      ]
    : cards[0]
  next?.focus()
}
