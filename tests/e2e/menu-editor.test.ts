import type { BrowserContext, Page } from '@playwright/test'
import type { MenuBook } from '../../server/menu/editor/book.ts'
import { fitsEvery, hasNoBarriers } from '../support/barriers.ts'
import { request, signIn, snapshot } from '../support/orders.ts'
import { addCookies, expect, test, watch } from '../support/pages.ts'
import { testTimezone, type TestServer } from '../support/server.ts'

const editor = test.extend<{ manager: Page; openEditor: () => Promise<Page> }>({
  /** The editor of a manager with a browser of their own. */
  openEditor: async ({ browser, server }, use) => {
    const contexts: [BrowserContext, string[]][] = []
    await use(async () => {
      const context = await browser.newContext({
        baseURL: server.url,
        viewport: { width: 1280, height: 800 },
        locale: 'en-GB',
        reducedMotion: 'reduce',
      })
      contexts.push([context, watch(context)])
      await addCookies(context, server.url, await signIn(server))
      const page = await context.newPage()
      await page.goto('/napoli/manage/menu')
      await expect(page.getByTestId('menu-editor')).toBeVisible()
      return page
    })
    for (const [context, faults] of contexts) {
      expect(faults).toEqual([])
      await context.close()
    }
  },
  manager: async ({ openEditor }, use) => use(await openEditor()),
})
const publish = async (page: Page) => {
  await page.getByRole('button', { name: 'Publish …' }).click()
  await page.getByRole('button', { name: 'Publish now' }).click()
  await expect(page.getByTestId('publish-bar')).toContainText('Published.')
}
const bookOf = async (server: TestServer) =>
  (await request<MenuBook>(server, 'GET', '/api/pizzerias/napoli/menu', { cookie: await signIn(server) })).body
const cell = (page: Page, dish: string, size: string) => page.getByLabel(`${dish}, ${size}: price`)
const put = async (server: TestServer, change: (book: MenuBook) => MenuBook) => {
  const book = await bookOf(server)
  const body = { ...change(book), ifVersion: book.version }
  const answer = await request(server, 'PUT', '/api/pizzerias/napoli/menu', { body, cookie: await signIn(server) })
  expect(answer.status).toBe(200)
}

editor(
  '[MNU-3] a price typed like in a spreadsheet reaches an open menu, and is taken back',
  async ({ manager, server, browser }) => {
    const customer = await (await browser.newContext({ baseURL: server.url, locale: 'en-GB' })).newPage()
    await customer.goto('/napoli')
    await expect(customer.getByText('Margherita').first()).toBeVisible()
    await manager.getByRole('button', { name: 'Prices' }).click()
    const small = cell(manager, 'Margherita', 'Small')
    const before = await small.inputValue()
    await small.focus()
    await manager.keyboard.type('5.43')
    await manager.keyboard.press('Enter')
    await expect(cell(manager, 'Marinara', 'Small')).toBeFocused()
    await manager.keyboard.press('ArrowUp')
    await expect(small).toBeFocused()
    await expect(small).toHaveValue('5.43')
    await manager.keyboard.press('ArrowRight')
    await expect(cell(manager, 'Margherita', 'Medium')).toBeFocused()
    await manager.keyboard.type('nonsense')
    await manager.keyboard.press('Tab')
    await expect(cell(manager, 'Margherita', 'Medium')).toHaveAttribute('aria-invalid', 'true')
    await cell(manager, 'Margherita', 'Medium').press('Escape')
    await expect(manager.getByTestId('publish-bar')).toContainText('One change not published')
    await manager.getByRole('button', { name: 'Publish …' }).click()
    await expect(manager.getByTestId('changes')).toContainText(`Small: ${before} → 5.43`)
    await manager.getByRole('button', { name: 'Publish now' }).click()
    await expect(customer.getByText('€5.43').first()).toBeVisible()
    await manager.getByRole('button', { name: 'Undo' }).click()
    await expect(customer.getByText('€5.43')).toHaveCount(0)
    await expect(manager.getByTestId('publish-bar')).toContainText('One change not published')
    await customer.context().close()
  },
)

editor('[MNU-3] a column is pasted; an empty cell takes the size away', async ({ manager, server }) => {
  await manager.getByRole('button', { name: 'Prices' }).click()
  await cell(manager, 'Margherita', 'Large').focus()
  await manager.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/plain', '20,10\n21.20\tno such size\nnot a price\n')
    document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
  })
  await cell(manager, 'Marinara', 'Small').fill('')
  await cell(manager, 'Marinara', 'Small').press('Tab')
  await publish(manager)
  const { items } = await bookOf(server)
  const prices = (id: string) => items.find((item) => item.id === id)!.sizes.map((size) => [size.id, size.price])
  expect(prices('margherita').at(-1)).toEqual(['large', 2010])
  expect(prices('marinara').map(([size]) => size)).toEqual(['medium', 'large'])
  expect(prices('marinara').at(-1)).toEqual(['large', 2120])
})

editor(
  '[MNU-4] [MNU-5] a new dish, written in one language, stays on the device until it is published',
  async ({ manager, server }) => {
    await manager.getByRole('button', { name: 'Add a dish' }).first().click()
    const entry = manager.getByTestId('entry')
    await entry.getByLabel('English').first().fill('Pizza of the owner')
    await entry.getByRole('button', { name: 'Mushrooms', exact: true }).click()
    await entry.getByRole('button', { name: 'Milk', exact: true }).click()
    await entry.getByLabel('Portions a day').fill('9')
    await entry.getByLabel('Portions a day').press('Tab')
    await expect(entry).toContainText('people read “Pizza of the owner”')
    await expect(entry.locator('svg path').first()).toBeAttached()

    await expect
      .poll(() => manager.evaluate(() => localStorage.getItem('comanda:menu-draft:napoli')))
      .toContain('"portions":9')
    await manager.reload()
    await manager
      .getByRole('button', { name: /Pizza of the owner/ })
      .first()
      .click()
    await expect(manager.getByTestId('entry').getByLabel('Portions a day')).toHaveValue('9')
    await publish(manager)
    const made = (await bookOf(server)).items.find(({ name }) => name.en === 'Pizza of the owner')!
    expect(made).toMatchObject({ portions: 9, toppings: ['mushrooms'], allergens: ['gluten', 'milk'] })
    const { state } = (await snapshot(server, 'menu:napoli')).body
    expect(state.items.find(({ id }: { id: string }) => id === made.id).name.fr).toBe('Pizza of the owner')

    await manager
      .getByRole('button', { name: /Pizza of the owner/ })
      .first()
      .click()
    await manager.getByTestId('entry').getByRole('button', { name: 'Archive' }).click()
    await publish(manager)
    await manager.getByTestId('archived').locator('summary').click()
    await manager.getByTestId('archived').getByRole('button', { name: 'Bring back' }).click()
    await publish(manager)
    expect((await bookOf(server)).items.map(({ id }) => id)).toContain(made.id)
  },
)

editor('[MNU-1] two managers: what does not meet is kept, what meets is shown both', async ({ manager, server }) => {
  const rename = (id: string, en: string) => (book: MenuBook) => ({
    ...book,
    items: book.items.map((item) => (item.id === id ? { ...item, name: { ...item.name, en } } : item)),
  })
  await manager.locator('[data-entry=margherita]').click()
  await manager.getByTestId('entry').getByLabel('English').first().fill('Mine')
  await put(server, rename('marinara', 'Theirs'))
  await manager.getByRole('button', { name: 'Publish …' }).click()
  await manager.getByRole('button', { name: 'Publish now' }).click()
  await expect(manager.getByTestId('publish-bar')).toContainText('Somebody else has published')
  await expect(manager.locator('[data-entry=marinara]')).toContainText('Theirs')
  await put(server, rename('margherita', 'Other'))
  await manager.getByRole('button', { name: 'Publish …' }).click()
  await manager.getByRole('button', { name: 'Publish now' }).click()
  const conflict = manager.getByTestId('conflict')
  await expect(conflict).toContainText('Mine')
  await expect(conflict).toContainText('Other')
  await conflict.getByRole('radio').last().check()
  await manager.getByRole('button', { name: 'Go on with these' }).click()
  await expect(manager.locator('[data-entry=margherita]')).toContainText('Other')
  await expect(manager.getByTestId('publish-bar')).toContainText('Everything is published.')
})

editor('[MNU-6] a file is looked at, with its errors, and then published', async ({ manager, server }) => {
  await manager.getByRole('button', { name: 'Import' }).click()
  const text = 'name;category;price\nPizza Uno;classics;9,50\nPizza Due;classics;x'
  await manager.getByLabel('or paste it here').fill(text)
  const result = manager.getByTestId('import-result')
  await expect(result).toContainText('Line 3, price')
  await expect(manager.getByRole('button', { name: 'Publish these changes' })).toBeDisabled()
  await manager
    .getByLabel('File', { exact: true })
    .setInputFiles({ name: 'menu.csv', mimeType: 'text/csv', buffer: Buffer.from(text.replace(/x$/, '8'), 'latin1') })
  await expect(result).toContainText('Pizza Due')
  await manager.getByRole('button', { name: 'Publish these changes' }).click()
  await expect(manager.locator('[data-entry=pizza-due]')).toBeVisible()
  await manager.getByRole('button', { name: 'Undo' }).click()
  await expect(manager.locator('[data-entry=pizza-due]')).toHaveCount(0)
  expect((await bookOf(server)).items.map(({ id }) => id)).not.toContain('pizza-due')
})

editor(
  '[MNU-10] [MNU-11] a photo, looked at on the real page before anybody sees it, and published at a time',
  async ({ manager, openEditor, server, browser }) => {
    await manager.locator('[data-entry=margherita]').click()
    const entry = manager.getByTestId('entry')
    // A picture from a camera: larger than anything that is kept.
    const camera = await manager.evaluate(() => {
      const canvas = document.createElement('canvas')
      canvas.width = 2400
      canvas.height = 1600
      canvas.getContext('2d')!.fillRect(0, 0, 1200, 1600)
      return canvas.toDataURL('image/jpeg').split(',')[1]!
    })
    await entry
      .getByLabel('Photo')
      .setInputFiles({ name: 'IMG_1.JPG', mimeType: 'image/jpeg', buffer: Buffer.from(camera, 'base64') })
    const shown = entry.locator('img[src*="_photos"]')
    await expect(shown).toHaveJSProperty('naturalWidth', 800)
    await expect(manager.getByTestId('publish-bar')).toContainText('One change not published')

    const [preview] = await Promise.all([
      manager.waitForEvent('popup'),
      manager.getByTestId('publish-bar').getByRole('link', { name: 'Preview' }).click(),
    ])
    await expect(preview.getByTestId('preview')).toContainText('only you see this menu')
    await expect(preview.locator('main img[src*="_photos"]')).toHaveCount(1)
    await fitsEvery([{ width: 390, height: 844 }], preview)
    const customer = await (await browser.newContext({ baseURL: server.url, locale: 'en-GB' })).newPage()
    await customer.goto('/napoli?preview=draft')
    await expect(customer.getByText('Margherita').first()).toBeVisible()
    await expect(customer.getByTestId('preview')).toContainText('nothing to preview')
    await expect(customer.locator('main img[src*="_photos"]')).toHaveCount(0)

    const second = await openEditor()
    await manager.getByRole('button', { name: 'Publish …' }).click()
    await manager.getByLabel('At a time').fill('2020-01-01T10:00')
    await expect(manager.getByRole('button', { name: 'Publish then' })).toBeDisabled()
    const inAnHour = new Date(Date.now() + 3_600_000)
    await manager
      .getByLabel('At a time')
      .fill(inAnHour.toLocaleString('sv', { timeZone: testTimezone }).slice(0, 16).replace(' ', 'T'))
    await manager.getByRole('button', { name: 'Publish then' }).click()
    for (const page of [manager, second]) await expect(page.getByTestId('menu-plan')).toContainText('by Nonna Rosa')
    await expect(manager.getByTestId('publish-bar')).toContainText('Planned.')
    await hasNoBarriers(second)
    await second.getByTestId('menu-plan').getByRole('button', { name: 'Edit it' }).click()
    await expect(second.getByTestId('publish-bar')).toContainText('One change not published')
    await expect(manager.getByTestId('menu-plan')).toHaveCount(0)
    await publish(second)
    await expect(customer.locator('main img[src*="_photos"]')).toHaveCount(1)
    await customer.context().close()
  },
)

editor('[MNU-2] what cannot be published is named, and leads to its place', async ({ manager }) => {
  await manager.locator('[data-entry=margherita]').click()
  for (const language of ['English', 'Français', 'Italiano'])
    await manager.getByTestId('entry').getByLabel(language).first().fill('')
  await manager.getByRole('button', { name: 'Publish …' }).click()
  await expect(manager.getByRole('button', { name: 'Publish now' })).toBeDisabled()
  await manager.getByTestId('wrong').getByRole('button').first().click()
  await expect(manager.locator('[data-entry=margherita]')).toHaveAttribute('aria-current', 'true')
})

editor('[MNU-6] with 300 dishes a key is answered within 50 ms', async ({ manager, server }) => {
  await put(server, (book) => ({
    ...book,
    items: Array.from({ length: 300 }, (_, index) => ({
      ...book.items[index % 20]!,
      id: `dish-${index}`,
      name: { en: `Dish ${index}`, fr: `Plat ${index}`, it: `Piatto ${index}` },
    })),
  }))
  await manager.reload()
  await manager.locator('[data-entry=dish-7]').click()
  /** How long a key keeps the page busy, ms: the median, because others use the machine too. */
  const busy = (selector: string, keys: string) =>
    manager.evaluate(
      async ([selector, keys]) => {
        const input = document.querySelector<HTMLInputElement>(selector!)!
        input.focus()
        const times: number[] = []
        for (const key of keys!) {
          const start = performance.now()
          input.value += key
          input.dispatchEvent(new InputEvent('input', { bubbles: true, data: key }))
          await new Promise((resolve) => setTimeout(resolve))
          // Reading a size makes the browser lay the page out, as it does before it paints.
          void document.body.offsetHeight
          times.push(performance.now() - start)
        }
        return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!
      },
      [selector, keys],
    )
  const height = async () => (await manager.getByTestId('publish-bar').boundingBox())!.height
  const before = await height()
  expect(await busy('[data-testid=entry] input[lang=en]', 'of the house, very good')).toBeLessThan(50)
  // Nothing jumps away from the finger when the first change is there.
  await expect(manager.getByTestId('publish-bar')).toContainText('not published')
  expect(await height()).toBe(before)
  await manager.getByRole('button', { name: 'Prices' }).click()
  await expect(manager.getByTestId('price-grid').locator('tbody tr')).toHaveCount(300)
  expect(await busy('[data-cell="100:0"]', '12345678901234567890')).toBeLessThan(50)
})

const phone = { width: 390, height: 844 }
const tablet = { width: 1024, height: 768 }
const laptop = { width: 1280, height: 800 }

editor("the menu's editor fits a phone, a tablet and a laptop, in every part, for everybody", async ({ manager }) => {
  const isFit = () => fitsEvery([phone, tablet, laptop], manager)
  await isFit()
  await manager.locator('[data-entry=margherita]').click()
  await manager.getByTestId('entry').getByLabel('English').first().fill('Mine')
  await isFit()
  for (const part of ['Prices', 'Toppings', 'Crusts', 'Categories', 'Sizes']) {
    await manager.getByRole('button', { name: part, exact: true }).click()
    await isFit()
  }
  await manager.getByRole('button', { name: 'Publish …' }).click()
  await expect(manager.getByTestId('changes')).toBeVisible()
  await isFit()
  await manager.getByRole('button', { name: 'Cancel' }).click()
  await manager.getByRole('button', { name: 'Import' }).click()
  await expect(manager.getByRole('dialog')).toBeVisible()
  await isFit()
})
