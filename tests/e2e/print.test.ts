import { expect, fill, test } from '../support/kitchen-page.ts'
import { strayTexts } from '../support/boxes.ts'

/** Pages of a PDF. */
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0

test('the queue on paper: shop, day and prices stand on it, and 45 orders need three sheets', async ({
  staff,
  server,
  cookie,
}) => {
  const orders = await fill(server, cookie, 45, (index) => ({
    customer: {
      name: index % 9 === 4 ? 'Maria Antonietta Wolfeschlegelsteinhausenbergerdorff' : `Guest ${index}`,
      phone: '+33612345678',
    },
  }))
  const page = await staff.newPage()
  // What goes to the printer stays, to be looked at.
  await page.addInitScript(() => {
    window.print = () => document.body.append(document.querySelector('.sheet')!.cloneNode(true))
  })
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto('/napoli/counter')
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  await page.getByTestId('user-menu').click()
  await page.getByText('Print the whole queue').click()
  const sheet = page.getByTestId('sheet').last()
  await expect(sheet.getByTestId('sheet-order')).toHaveCount(orders.length)
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  console.log(`45 orders on ${pagesOf(pdf)} sheets`)
  expect(pagesOf(pdf)).toBeLessThanOrEqual(3)

  await page.emulateMedia({ media: 'print' })
  // A4 without its margins, px.
  await page.setViewportSize({ width: 718, height: 1000 })
  await expect(sheet).toContainText('Pizzeria Napoli')
  await expect(sheet).toContainText(String(new Date().getFullYear()))
  const first = sheet.getByTestId('sheet-order').first()
  await expect(first.locator('.lines')).toContainText('€')
  await expect(first.locator('.sheet-sum')).toContainText('€')
  expect(await strayTexts(page, '.sheet-order, .sheet-head'), 'long names').toEqual([])
})
