import type { Page } from '@playwright/test'
import { expect, moving, test } from '../support/pages.ts'

test.use(moving)

/** The menu on a laptop, with a pizza in the basket. */
async function withBasket(page: Page) {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto('/napoli')
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Margherita', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Add to basket/ })
    .click()
  return page.getByRole('complementary').getByRole('button', { name: 'Go to checkout' })
}

test('a name that is typed while the checkout opens keeps its first letters', async ({ page }) => {
  const checkout = await withBasket(page)
  const field = page.getByLabel('Your name')
  for (let again = 0; again < 3; again++) {
    // At once: the sheet is still on its way in. The first time its script may have to come first.
    await checkout.click()
    if (again === 0) await expect(field).toBeAttached()
    await page.keyboard.type('Margherita')
    await expect(field).toHaveValue('Margherita'.repeat(again + 1))
    await expect(field).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
})

test('a corrected phone number does not move the button from under the mouse', async ({ page }) => {
  await (await withBasket(page)).click()
  await page.getByLabel('Your name').fill('Ada')
  const phone = page.getByLabel('Phone')
  await phone.fill('call me')
  await page.getByLabel('Your name').click()
  await expect(phone).toHaveAttribute('aria-invalid', 'true')
  await phone.fill('06 12 34 56 78')

  const button = page.getByRole('button', { name: /Place order/ })
  const before = (await button.boundingBox())!
  await page.mouse.move(before.x + before.width / 2, before.y + 8)
  // The press takes the focus from the field, whose complaint goes.
  await page.mouse.down()
  await expect(phone).not.toHaveAttribute('aria-invalid', 'true')
  expect(await button.boundingBox()).toEqual(before)
  await page.mouse.up()
  await expect(page).toHaveURL(/\/napoli\/orders\//)
})
