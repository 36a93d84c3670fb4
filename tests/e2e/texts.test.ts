import fc from 'fast-check'
import { cleanText } from '../../shared/text.ts'
import { strayTexts } from '../support/boxes.ts'
import { expect, fill, test } from '../support/kitchen-page.ts'
import { line, move, placeOrder, request } from '../support/orders.ts'
import { seed } from '../support/seed.ts'

const widths = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1024, height: 768 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]

/** What people write, and what they should not: any letters of Unicode, and words that never end. */
const written = (max: number) =>
  fc
    .oneof(
      { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: max }) },
      { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: max }) },
      { weight: 2, arbitrary: fc.constantFrom(...'WÅ漢ش👩‍👩‍👧‍👦ﷺ꧅'.match(/./gu)!).map((letter) => letter.repeat(max)) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('Mme Dupont', 'محمد بن سلمان 42', 'Wolfeschlegelsteinhausenbergerdorff'),
      },
    )
    .map((text) => cleanText(cleanText(text).slice(0, max)))
const samples = (max: number, count: number, round: number) =>
  fc.sample(written(max), { seed: seed + round, numRuns: count })

/** Every topping that there is, on one pizza. */
async function loaded(url: string) {
  const menu = await request({ url }, 'GET', '/api/streams/menu:napoli')
  const { items, toppings } = menu.body.state as {
    items: { id: string; toppings: string[] }[]
    toppings: { id: string; available: boolean }[]
  }
  const on = items.find(({ id }) => id === 'margherita')!.toppings
  return line({
    toppings: toppings
      .filter(({ id, available }) => available && !on.includes(id))
      .slice(0, 30)
      .map(({ id }) => ({ topping: id, half: 'whole' })),
    note: 'W'.repeat(140),
  } as Parameters<typeof line>[0])
}

test('[ORD-23] no text of people leaves its box: counter, board, customer and paper', async ({
  staff,
  server,
  cookie,
}) => {
  console.log(`SEED=${seed}`)
  const count = 36
  const [names, notes, lineNotes] = [samples(60, count, 1), samples(280, count, 2), samples(140, count, 3)]
  const table = samples(10, count, 4)
  const all = await loaded(server.url)
  const placed = await fill(server, cookie, count, (index) => ({
    customer: { name: names[index] || 'A', phone: '+33612345678' },
    note: notes[index]!,
    lines: index % 6 === 5 ? [all] : [line({ note: lineNotes[index]! }), line({ item: 'diavola', quantity: 12 })],
    ...(index % 3 === 2 ? { mode: 'table', table: table[index] || '1' } : {}),
  }))
  // Begun, all of them: no alarm for what no kitchen screen has shown.
  for (const [index, order] of placed.entries())
    expect((await move(server, cookie, order, index < 14 ? 'ready' : 'making')).status).toBe(200)

  const page = await staff.newPage()
  /** At each width, on the page as it is; one that has just changed its width may still be about to arrange itself. */
  const holds = async (what: string, boxes: string, sizes = widths) => {
    for (const size of sizes) {
      await page.setViewportSize(size)
      await expect.poll(() => strayTexts(page, boxes), `${what}, ${size.width} px`).toEqual([])
    }
  }
  await page.setViewportSize(widths[0]!)
  await page.goto('/napoli/counter')
  await expect(page.locator('[data-live="live"]').first()).toBeVisible()
  await expect(page.getByTestId('order-card').first()).toBeVisible()
  for (const lines of (await page.getByTestId('order-lines').all()).slice(0, 3)) await lines.click()
  await holds('counter', '[data-testid="order-card"], nav')

  await page.goto('/napoli/board')
  await expect(page.getByTestId('board')).toHaveAttribute('data-freshness', 'live')
  await expect(page.getByTestId('board-ready').first()).toBeVisible()
  await holds('board', 'li, header, h2, .call')

  // Every topping on one pizza, and a table; on the narrowest page, others as well.
  for (const [index, sizes] of [
    [5, widths],
    [8, widths],
    [0, widths.slice(0, 1)],
    [11, widths.slice(0, 1)],
  ] as const) {
    await page.goto(`/napoli/orders/${placed[index]!.tracking}`)
    await expect(page.locator('h1')).toBeVisible()
    await holds('customer', 'section, li, main', sizes)
  }

  // A called name fills the board.
  await page.goto('/napoli/board')
  await expect(page.getByTestId('board-ready').first()).toBeVisible()
  const { order: called } = await placeOrder(server, { customer: { name: 'W'.repeat(60) } }, { cookie })
  await move(server, cookie, called, 'ready')
  await expect(page.getByTestId('board-call')).toBeVisible()
  expect(await strayTexts(page, '.call'), 'a call').toEqual([])

  // What goes to the printer stays, to be looked at.
  await page.addInitScript(() => {
    window.print = () => document.body.append(document.querySelector('.sheet')!.cloneNode(true))
  })
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto('/napoli/counter')
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  const sheet = async (name: string, width: number) => {
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width, height: 1000 })
    expect(await page.getByTestId('sheet-order').count(), name).toBeGreaterThan(0)
    expect(await strayTexts(page, '.sheet-order, .sheet-head'), name).toEqual([])
    await page.emulateMedia({ media: 'screen' })
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.evaluate(() => document.querySelectorAll('.sheet').forEach((one) => one.remove()))
  }
  await page.getByTestId('user-menu').click()
  await page.getByText('Print the whole queue').click()
  // A4 without its margins, and the roll of a ticket printer, in px.
  await sheet('the queue', 718)
  for (const card of (await page.getByTestId('order-card').all()).slice(0, 6)) {
    await card.getByTestId('order-more').click()
    await page.getByRole('menuitem', { name: 'Print ticket' }).click()
    await sheet('a ticket', 272)
  }
})
