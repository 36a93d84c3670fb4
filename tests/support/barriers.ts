import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** No barrier on the page as it is now that axe can find. */
export async function hasNoBarriers(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(', ')}`)).toEqual([])
}
