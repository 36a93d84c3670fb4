import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Of how a page is built up: what a screen reader jumps by. */
export const structure = ['region', 'landmark-one-main', 'landmark-unique', 'page-has-heading-one', 'heading-order']

/** No barrier on the page as it is now that axe can find; `more`: rules beside those of WCAG 2.2 AA. */
export async function hasNoBarriers(page: Page, more: readonly string[] = []) {
  const { violations } = await new AxeBuilder({ page })
    .options({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
      rules: Object.fromEntries(more.map((rule) => [rule, { enabled: true }])),
    })
    .analyze()
  // Softly: one run tells of all the barriers on the way.
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(', ')}`)).toEqual([])
}

/** At each of these sizes the page neither scrolls sideways nor has a barrier. */
export async function fitsEvery(
  sizes: readonly { width: number; height: number }[],
  page: Page,
  more: readonly string[] = [],
) {
  for (const viewport of sizes) {
    await page.setViewportSize(viewport)
    // Named by what reaches over the edge, apart from what scrolls by itself.
    const wide = () => {
      const root = document.documentElement
      if (root.scrollWidth <= root.clientWidth) return []
      const over = [...document.body.querySelectorAll('*')].filter(
        (one) => one.getBoundingClientRect().right > root.clientWidth + 1,
      )
      return over.slice(0, 5).map((one) => `${one.tagName} ${one.className}`)
    }
    expect.soft(await page.evaluate(wide), `scrolls sideways at ${viewport.width}`).toEqual([])
    await hasNoBarriers(page, more)
  }
}
