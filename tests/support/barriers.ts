import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'

/** Of how a page is built up: what a screen reader jumps by. */
export const structure = ['region', 'landmark-one-main', 'landmark-unique', 'page-has-heading-one', 'heading-order']

/**
 * What axe finds wrong with the page as it is now, each barrier with its places; `more`: rules beside those of WCAG 2.2
 * AA. Its script is put into a document once, and it works out the places of what is wrong only: of all that is right
 * as well, it takes twice as long. Our pages have no frames, into which it would have to be put too.
 */
export async function barriersOn(page: Page, more: readonly string[] = []): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return await page.evaluate(
    async (options) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, options)
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`).join('; ')}`,
      )
    },
    {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
      rules: Object.fromEntries(more.map((rule) => [rule, { enabled: true }])),
      resultTypes: ['violations'],
    } satisfies axe.RunOptions,
  )
}

/** No barrier on the page as it is now that axe can find. */
export async function hasNoBarriers(page: Page, more: readonly string[] = []) {
  // Softly: one run tells of all the barriers on the way.
  expect.soft(await barriersOn(page, more)).toEqual([])
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
