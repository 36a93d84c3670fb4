import type { Ref } from 'vue'

const slideMs = 350

/**
 * When a ticket leaves, those behind it close up: they slide, so that the eye can follow, and never jump.
 * Done with transforms on the few tiles there are; without motion for who asks for none.
 */
export function useSlide(root: Readonly<Ref<HTMLElement | null>>) {
  let before = new Map<string, DOMRect>()
  const tiles = () => [...root.value?.querySelectorAll<HTMLElement>('[data-slip]') ?? []]
  const measure = () => new Map(tiles().map(tile => [tile.dataset.slip!, tile.getBoundingClientRect()]))
  const order = () => tiles().map(tile => tile.dataset.slip).join()
  let shown = ''

  onMounted(() => { shown = order() })
  onBeforeUpdate(() => { before = measure() })
  onUpdated(() => {
    const next = order()
    if (next === shown) return
    shown = next
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
    for (const tile of tiles()) {
      const was = before.get(tile.dataset.slip!)
      const is = tile.getBoundingClientRect()
      const from = was ? { transform: `translate(${was.left - is.left}px, ${was.top - is.top}px)` } : { opacity: '0' }
      if (was && was.left === is.left && was.top === is.top) continue
      tile.animate([from, { transform: 'none', opacity: '1' }], { duration: slideMs, easing: 'cubic-bezier(.2, .7, .2, 1)' })
    }
  })
}
