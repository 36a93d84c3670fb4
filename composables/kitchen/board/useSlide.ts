import type { Ref } from 'vue'

const slideMs = 350

/**
 * When a ticket leaves, those behind it close up: they slide, so that the eye can follow, and never jump. The places
 * are equal cells, measured once per size of the window: reading the layout at each update would cost more than drawing
 * it.
 */
export function useSlide(list: Readonly<Ref<HTMLElement | null>>) {
  let order: string[] = []
  let cells: DOMRect[] = []
  const tiles = () => [...(list.value?.querySelectorAll<HTMLElement>(':scope > [data-slip]') ?? [])]

  function slide() {
    const now = tiles()
    const before = order
    order = now.map((tile) => tile.dataset.slip!)
    const moved = now.filter((tile, at) => before.includes(order[at]!) && before.indexOf(order[at]!) !== at)
    if (moved.length === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    if (cells.length < Math.max(before.length, now.length)) cells = now.map((tile) => tile.getBoundingClientRect())
    for (const tile of moved) {
      const [from, to] = [cells[before.indexOf(tile.dataset.slip!)], cells[now.indexOf(tile)]]
      if (from && to)
        tile.animate(
          [{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, { transform: 'none' }],
          { duration: slideMs, easing: 'cubic-bezier(.2, .7, .2, 1)' },
        )
    }
  }

  onMounted(slide)
  onUpdated(slide)
  if (import.meta.client)
    useEventListener(window, 'resize', () => {
      cells = []
    })
}
