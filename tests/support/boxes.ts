import type { Page } from '@playwright/test'

/**
 * Texts that leave their box, or the page, by more than a pixel and a half, each with by how much. A text that is cut
 * by a box of its own (an ellipsis, or lines that are clamped) is measured as far as it is seen. `boxes` is a selector.
 */
export const strayTexts = (page: Page, boxes: string): Promise<string[]> =>
  page.evaluate((selector) => {
    const slack = 1.5
    const found: string[] = []
    const page = document.documentElement
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const parent = node.parentElement!
      const box = parent.closest<HTMLElement>(selector)
      if (!box || !node.textContent!.trim() || !parent.checkVisibility({ visibilityProperty: true })) continue
      if (parent.closest('.sr-only, svg')) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const edges = box.getBoundingClientRect()
      for (const rect of range.getClientRects()) {
        let { left, right } = rect
        // Of the line's height only the letters: fonts leave room above and below them.
        const air = Math.max(0, (rect.height - parseFloat(getComputedStyle(parent).fontSize)) / 2)
        let [top, bottom] = [rect.top + air, rect.bottom - air]
        for (let one: HTMLElement | null = parent; one && one !== box; one = one.parentElement) {
          if (getComputedStyle(one).overflowX === 'visible') continue
          const cut = one.getBoundingClientRect()
          left = Math.max(left, cut.left)
          right = Math.min(right, cut.right)
          top = Math.max(top, cut.top)
          bottom = Math.min(bottom, cut.bottom)
        }
        if (right <= left || bottom <= top) continue
        const over = Math.max(
          edges.left - left,
          right - edges.right,
          edges.top - top,
          bottom - edges.bottom,
          -left,
          right - page.clientWidth,
        )
        if (over <= slack) continue
        found.push(
          `${over.toFixed(1)} px: ${JSON.stringify(node.textContent!.trim().slice(0, 40))} in ${box.className}`,
        )
        break
      }
    }
    if (page.scrollWidth > page.clientWidth)
      found.push(`the page is ${page.scrollWidth - page.clientWidth} px too wide`)
    return found
  }, boxes)
