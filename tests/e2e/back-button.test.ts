import { expect, moving, test } from '../support/pages.ts'

test.use(moving)

test('the back button closes what covers the menu, and only then leaves it', async ({ page }) => {
  await page.goto('/')
  await page.goto('/napoli')
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  const sheet = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Margherita', exact: true }).click()
  await expect(sheet).toBeVisible()
  await page.goBack()
  await expect(sheet).toHaveCount(0)
  expect(new URL(page.url()).pathname).toBe('/napoli')

  // A sheet that was closed by hand leaves no history entry behind.
  await page.getByRole('button', { name: 'Margherita', exact: true }).click()
  await expect(sheet).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await expect.poll(() => page.evaluate(() => history.state.covered)).toBeUndefined()
  await page.goBack()
  await expect.poll(() => new URL(page.url()).pathname).toBe('/')
})

test('the basket survives a visit to a tracking page, and "the same again" fills it', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto('/napoli')
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  const basket = page.getByRole('complementary')
  await page.getByRole('button', { name: 'Margherita', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Add to basket/ })
    .click()
  await expect(basket.getByRole('listitem')).toHaveCount(1)
  await basket.getByRole('button', { name: 'Go to checkout' }).click()
  await page.getByLabel('Your name').fill('Ada Lovelace')
  await page.getByRole('button', { name: /Place order/ }).click()
  await expect(page).toHaveURL(/\/orders\//)
  await page.getByRole('button', { name: 'Order this again' }).click()
  await expect(page).toHaveURL(/\/napoli$/)
  await expect(basket.getByRole('listitem')).toHaveCount(1)
})
