import { amend, expect, fill, test } from '../support/kitchen-page.ts'
import { awake } from '../support/pages.ts'
import { line, orderBody, postOrder, quote, request } from '../support/orders.ts'
import type { TestServer } from '../support/server.ts'

/** A bored stranger sends orders of 40 pieces until the pizzeria holds them. */
async function pour(server: TestServer, count: number) {
  const body = orderBody({ customer: { name: 'Max Power' }, lines: [line({ quantity: 20 }), line({ quantity: 20 })] })
  const { total } = await quote(server, body)
  for (let sent = 0; sent < count; sent++) expect((await postOrder(server, { ...body, total })).status).toBe(201)
}
const held = async (server: TestServer, cookie: string) =>
  (
    (await request(server, 'GET', '/api/streams/counter:napoli', { cookie })).body.state.orders as { state: string }[]
  ).filter(({ state }) => state === 'pending').length

test("[BDG-4] a stranger's flood of orders is one card, declined with one key and restored with another", async ({
  staff,
  server,
  cookie,
}) => {
  await pour(server, 12)
  // What came before it was too much waits with the rest (BDG-2), a moment later.
  const waiting = 12
  await expect.poll(() => held(server, cookie)).toBe(waiting)
  const page = await staff.newPage()
  await page.goto('/napoli/counter')
  const card = page.getByTestId('held-card')
  await expect(card).toContainText(`${waiting} orders wait for your yes`)
  await expect(page.getByTestId('lane-first')).toHaveCount(0)
  await awake(page)

  await page.keyboard.press('-')
  await expect(page.getByTestId('notice')).toContainText(`${waiting} orders were declined`)
  await expect(card).toHaveCount(0)
  expect(await held(server, cookie)).toBe(0)
  await page.keyboard.press('u')
  await expect(card).toContainText(`${waiting} orders wait for your yes`)

  await page.getByTestId('held-accept').click()
  await expect(page.getByTestId('notice')).toContainText(/orders were accepted/)
  await expect(card).toHaveCount(0)
  await page.getByTestId('undo').click()
  await expect(card).toContainText(`${waiting} orders wait for your yes`)
})

test('[BDG-6] the counter is told once that somebody guessed PINs', async ({ staff, server }) => {
  const page = await staff.newPage()
  await page.goto('/napoli/counter')
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  await expect(page.getByTestId('guess-notice')).toHaveCount(0)
  for (let pin = 1000; pin < 1020; pin++)
    await request(server, 'POST', '/api/staff/sign-in', { body: { pizzeria: 'napoli', pin: String(pin) } })
  await expect(page.getByTestId('guess-notice')).toContainText('Somebody tried to guess a PIN')
  await page.getByTestId('guess-notice').getByRole('button').click()
  await expect(page.getByTestId('guess-notice')).toHaveCount(0)
  await page.reload()
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  await expect(page.getByTestId('guess-notice')).toHaveCount(0)
})

test('[CLI-12] with hundreds of open orders the page is light, draws what is visible, and finds all of them', async ({
  staff,
  server,
  cookie,
}) => {
  test.setTimeout(240_000)
  const orders = await fill(server, cookie, 300)
  // Those of the first seconds would soon be an alarm, and lie in a lane of their own.
  amend(server, ({ placedAt }) => ({ shownAt: placedAt }))
  const page = await staff.newPage()
  await page.setViewportSize({ width: 1024, height: 768 })
  const answer = await page.goto('/napoli/counter')
  // As it travels: compressed.
  const size = Number(answer!.headers()['content-length'])
  expect(size).toBeGreaterThan(0)
  console.log(`The counter's page with 300 open orders: ${(size / 1000).toFixed(0)} kB`)
  expect(size).toBeLessThan(300_000)
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  await expect(page.getByTestId('lane-todo').getByTestId('lane-count')).toHaveText('300')
  expect(await page.getByTestId('order-card').count()).toBeLessThan(60)
  await page.mouse.move(300, 500)
  await page.mouse.wheel(0, 100_000)
  await expect(async () => {
    await page.mouse.wheel(0, 100_000)
    expect(await page.getByTestId('order-card').count()).toBeGreaterThan(100)
  }).toPass()
  await page.keyboard.press('/')
  await page.keyboard.type(String(orders.at(-1)!.number))
  await expect(page.locator(`[data-number="${orders.at(-1)!.number}"]`).first()).toBeVisible()
})
