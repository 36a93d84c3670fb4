import { tones } from '../../shared/sound/tones.ts'
import { move, request } from '../support/orders.ts'
import { expect, fill, openKitchen, ordersOf, test } from '../support/kitchen-page.ts'
import { heardOn, hush, spyOnSound } from '../support/sound-spy.ts'

const tune = (name: keyof typeof tones) =>
  tones[name].notes.map(([frequency]) => frequency as number).filter((frequency) => frequency > 0)

test('[KIT-17] [KIT-18] a burst of six is one chime and one sentence; each kind of news has its tone', async ({
  staff,
  server,
  cookie,
}) => {
  await spyOnSound(staff)
  const page = await openKitchen(staff)
  // The self-test at the start: soft, and once.
  await expect.poll(async () => (await heardOn(page)).notes.map(({ frequency }) => frequency)).toEqual(tune('test'))
  await hush(page)

  await Promise.all(Array.from({ length: 6 }, () => fill(server, cookie, 1)))
  await expect.poll(async () => (await heardOn(page)).spoken.length, { timeout: 15_000 }).toBeGreaterThan(0)
  // As long again as a burst may last: nothing follows.
  await page.waitForTimeout(2000)
  const { notes, spoken } = await heardOn(page)
  expect(notes.map(({ frequency }) => frequency)).toEqual(tune('new'))
  expect(spoken.map(({ text }) => text)).toEqual([expect.stringMatching(/6 new orders/i)])
  expect(spoken[0]!.language).toMatch(/^en/)
  expect(notes[0]!.at).toBeLessThan(spoken[0]!.at)

  await hush(page)
  const [order] = await ordersOf(server, cookie)
  expect((await move(server, cookie, order!, 'cancelled', { reason: 'mistake' })).status).toBe(200)
  await expect
    .poll(async () => (await heardOn(page)).notes.map(({ frequency }) => frequency))
    .toEqual(tune('cancelled'))
  await expect
    .poll(async () => (await heardOn(page)).spoken.map(({ text }) => text))
    .toEqual([expect.stringMatching(new RegExp(`${order!.number}\\D.*cancel`, 'i'))])
})

test('[KIT-17] [KIT-18] an undone step has a tone, a sentence and a word of its own: the ticket stays', async ({
  staff,
  server,
  cookie,
}) => {
  await spyOnSound(staff)
  const page = await openKitchen(staff)
  const [order] = await fill(server, cookie, 1)
  await expect.poll(async () => (await heardOn(page)).spoken.length).toBeGreaterThan(0)
  expect((await move(server, cookie, order!, 'ready')).status).toBe(200)
  await expect(page.getByTestId('empty')).toBeVisible()
  await hush(page)
  const undo = await request(server, 'POST', `/api/orders/${order!.id}/moves`, {
    cookie,
    body: { undo: true, ifVersion: 2 },
  })
  expect(undo.status).toBe(200)
  await expect(page.getByTestId('ticket')).toContainText(/stays/i)
  await expect.poll(async () => (await heardOn(page)).spoken.map(({ text }) => text)).toEqual(['Order 1 stays.'])
  expect((await heardOn(page)).notes.map(({ frequency }) => frequency)).toEqual(tune('undone'))
})

test('[KIT-17] a ticket is said once, also after the line was cut and the screen caught up', async ({
  staff,
  server,
  cookie,
}) => {
  await spyOnSound(staff)
  const page = await openKitchen(staff)
  await fill(server, cookie, 1)
  await expect.poll(async () => (await heardOn(page)).spoken.length).toBeGreaterThan(0)
  await server.restart()
  await expect(page.getByTestId('live')).not.toHaveText(/live/i)
  await expect(page.getByTestId('live')).toHaveText(/live/i, { timeout: 20_000 })
  await page.waitForTimeout(2000)
  const openings = (await heardOn(page)).spoken.filter(({ text }) => /margherita/i.test(text))
  expect(openings).toHaveLength(1)
})
