import type { Page } from '@playwright/test'
import { laneNames, type LaneName } from '../../shared/lab/switches.ts'
import { hasNoBarriers } from '../support/barriers.ts'
import { awake, expect, test } from '../support/pages.ts'

const ours = ['websocket', 'sse', 'polling', 'carrier'] as const
const naive = ['redis', 'pusher'] as const

function labOn(page: Page) {
  const lane = (name: LaneName) => page.getByTestId(`lane-${name}`)
  const figure = async (name: LaneName, id: string) =>
    Number(await lane(name).locator(`[data-figure="${id}"] dd`).innerText())
  return {
    lane,
    figure,
    all: (fault: string) => page.getByTestId('all').locator(`[data-fault="${fault}"]`).click(),
    one: (name: LaneName, fault: string) => lane(name).locator(`[data-fault="${fault}"]`).click(),
    act: (name: string) => page.locator(`[data-act="${name}"]`).click(),
    head: async () => Number(await page.getByTestId('head').innerText()),
    claims: (name: LaneName, claim: string | RegExp) =>
      expect(lane(name)).toHaveAttribute('data-claim', claim, { timeout: 60_000 }),
    /** Live, or connected, and nothing missing. */
    async whole(names: readonly LaneName[]) {
      for (const name of names) {
        await expect(lane(name)).toHaveAttribute('data-claim', 'live', { timeout: 60_000 })
        await expect(lane(name)).toHaveAttribute('data-missing', '0', { timeout: 30_000 })
      }
    },
    /** So many more changes are in the log. */
    async orders(count: number) {
      const from = await this.head()
      await expect.poll(() => this.head(), { timeout: 60_000 }).toBeGreaterThanOrEqual(from + count)
    },
  }
}

test('[LAB-2] [LAB-3] [LAB-5] each switch does what it says: the naive lanes lose, ours never', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  // A tile that is just arriving is still pale.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/lab')
  const lab = labOn(page)
  await lab.whole(ours)
  for (const name of naive) await lab.claims(name, 'connected')
  await lab.orders(4)
  await hasNoBarriers(page)

  // Both ends believe that the line is there.
  await lab.one('sse', 'freeze')
  await lab.one('redis', 'freeze')
  await expect(page).toHaveURL(/\?freeze=sse,redis$/)

  await lab.one('pusher', 'double')
  await lab.one('websocket', 'double')
  await expect.poll(() => lab.figure('pusher', 'doubled')).toBeGreaterThan(0)
  await expect.poll(() => lab.figure('websocket', 'doubled')).toBeGreaterThan(0)
  await expect(lab.lane('websocket').locator('[data-mark="doubled"]')).toHaveCount(0)
  await lab.one('websocket', 'double')

  await lab.act('doorbell')
  await expect.poll(() => lab.figure('pusher', 'missing')).toBeGreaterThan(0)
  await lab.whole(['websocket', 'polling', 'carrier'])

  // Twelve seconds later ours says that it is not live; Redis alone still says connected, and lacks what came since.
  await lab.claims('sse', /asOf|connecting|waiting/)
  await lab.claims('redis', 'connected')
  await expect.poll(() => lab.figure('redis', 'missing')).toBeGreaterThan(2)
  await expect(lab.lane('redis').getByTestId('verdict')).toHaveText('It does not know what it lacks.')

  await lab.act('clear')
  const lost = await lab.figure('pusher', 'missing')
  await lab.all('cut')
  await lab.orders(3)
  for (const name of laneNames) await expect(lab.lane(name)).not.toHaveAttribute('data-claim', /live|connected/)
  await lab.all('cut')
  await lab.whole(ours)
  for (const name of naive) await lab.claims(name, 'connected')
  await expect.poll(() => lab.figure('pusher', 'missing')).toBeGreaterThan(lost)
  for (const name of ours) expect(await lab.figure(name, 'healed')).toBeGreaterThan(0)

  await lab.act('epoch')
  await lab.all('restart')
  await lab.orders(3)
  await lab.whole(ours)
  for (const name of naive) expect(await lab.figure(name, 'healed')).toBe(0)

  await lab.lane('websocket').getByText('Frames', { exact: true }).click()
  await expect(lab.lane('websocket').getByTestId('frames')).toContainText('"kind":"hello"')
})

test('[LAB-5] a link sets the switches, on a phone too, in each language', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/lab?cut=redis,pusher&drop=all')
  const lab = labOn(page)
  for (const name of naive)
    await expect(lab.lane(name).locator('[data-fault="cut"]')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByTestId('all').locator('[data-fault="drop"]')).toHaveAttribute('aria-pressed', 'true')
  // A page that is still being hydrated would take the next language for its own.
  await awake(page)
  for (const [language, title] of [
    ['fr', 'Le laboratoire'],
    ['it', 'Il laboratorio'],
    ['en', 'The laboratory'],
  ] as const) {
    await page.locator(`nav button[lang="${language}"]`).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
    await expect(page.locator('main')).not.toContainText('lab.')
  }
  const wide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  expect(await page.evaluate(wide), 'scrolls sideways').toBeLessThanOrEqual(0)
  await hasNoBarriers(page)
})
