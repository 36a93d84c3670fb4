import type { Page } from '@playwright/test'
import { expect, test } from '../support/pages.ts'

/** The share of pixels of two elements that differ by more than `tolerance` of 255 in a colour. */
async function difference(page: Page, tolerance: number) {
  const [one, other] = await Promise.all(
    ['#one', '#other'].map(async (id) => (await page.locator(id).screenshot()).toString('base64')),
  )
  return await page.evaluate(
    async ([pair, tolerance]) => {
      const [a, b] = await Promise.all(
        pair.map(async (png) => {
          const image = new Image()
          image.src = `data:image/png;base64,${png}`
          await image.decode()
          const canvas = new OffscreenCanvas(image.width, image.height)
          const context = canvas.getContext('2d')!
          context.drawImage(image, 0, 0)
          return context.getImageData(0, 0, image.width, image.height).data
        }),
      )
      let differing = 0
      let coloured = 0
      for (let at = 0; at < a!.length; at += 4) {
        const gap = Math.max(...[0, 1, 2].map((channel) => Math.abs(a![at + channel]! - b![at + channel]!)))
        if (gap > tolerance) differing += 1
        if (Math.min(a![at]!, a![at + 1]!, a![at + 2]!) < 200) coloured += 1
      }
      return { differing: differing / (a!.length / 4), coloured: coloured / (a!.length / 4), size: a!.length }
    },
    [[one!, other!], tolerance] as const,
  )
}

/** Puts the builder's drawing, which is made in place, beside the picture of the same pizza. */
async function compare(page: Page, size: number) {
  const drawing = await page
    .getByTestId('builder-drawing')
    .locator('svg')
    .evaluate((svg) => svg.outerHTML)
  const address = await page.evaluate(() => {
    const card = [...document.querySelectorAll('.menu-card')].find((card) => card.textContent!.includes('Diavola'))!
    return card.querySelector('img')!.src
  })
  const markup = (id: string, inner: string) =>
    `<div id="${id}" style="width:${size}px;height:${size}px;background:#fff">${inner}</div>`
  const both =
    markup('one', drawing.replace('<svg', '<svg style="display:block;width:100%;height:100%"')) +
    markup('other', `<img src="${address}" style="display:block;width:100%" alt="">`)
  await page.evaluate((both) => (document.body.innerHTML = both), both)
  await page.locator('img').evaluate((image: HTMLImageElement) => image.decode())
}

test.describe('[WEB-4] pictures of pizzas', () => {
  for (const [size, scale] of [
    [56, 3],
    [240, 1],
    [240, 2],
  ] as const) {
    test(`[WEB-4] at ${size} px and ${scale} device pixels the picture is the drawing`, async ({ browser, server }) => {
      const page = await browser.newPage({ deviceScaleFactor: scale, baseURL: server.url, locale: 'en' })
      await page.goto('/napoli')
      await page.waitForLoadState('networkidle')
      await page.getByRole('button', { name: 'Diavola', exact: true }).click()
      await page.getByRole('radio', { name: /large/i }).first().check({ force: true })
      await compare(page, size)
      const { differing, coloured, size: bytes } = await difference(page, 24)
      expect(bytes).toBe(size * size * scale * scale * 4)
      // A pizza fills most of its box; two empty boxes would be alike too.
      expect(coloured).toBeGreaterThan(0.5)
      expect(differing).toBeLessThan(0.02)
      await page.close()
    })
  }

  test('[WEB-4] come when they are near, take their room before, and the first ones are in the page', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    const asked: string[] = []
    page.on('request', (request) => request.url().includes('/_pictures/') && asked.push(request.url()))
    await page.goto('/napoli')
    const cards = page.locator('.menu-card')
    await expect(cards.nth(0).locator('[data-drawn] svg')).toBeVisible()
    await expect(cards.nth(1).locator('[data-drawn] svg')).toBeVisible()
    await expect(cards.nth(2).locator('img')).toHaveAttribute('loading', 'lazy')
    await page.waitForLoadState('networkidle')
    const all = await page.locator('.menu-card img').count()
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.length).toBeLessThan(all)
    const last = page.locator('.menu-card img').last()
    const before = await last.boundingBox()
    await last.scrollIntoViewIfNeeded()
    await expect.poll(() => last.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(240)
    const after = await last.boundingBox()
    expect([after!.width, after!.height]).toEqual([before!.width, before!.height])
  })

  test('[WEB-4] are all on the paper when the menu is printed', async ({ page }) => {
    await page.goto('/napoli')
    await page.waitForLoadState('networkidle')
    const pdf = await page.pdf()
    expect(pdf.length).toBeGreaterThan(10_000)
    const missing = await page
      .locator('.menu-card img')
      .evaluateAll((images) => images.filter((image) => !(image as HTMLImageElement).naturalWidth).length)
    expect(missing).toBe(0)
  })
})
