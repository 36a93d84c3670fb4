import { test as base, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test'
import type { Language } from '../../shared/menu/words.ts'
import { fitsEvery, structure } from '../support/barriers.ts'
import { keyboard, pointer, type Hand } from '../support/hands.ts'
import { awake, expect, watch } from '../support/pages.ts'
import { sayIn } from '../support/say.ts'
import { startServer, type TestServer } from '../support/server.ts'

/*
 * From an empty database to a paid order and its figures, as the owner of a new pizzeria goes: nothing is prepared, and
 * nothing is called but what the pages call.
 */

const token = 'a-token-of-the-test'
const phone = { width: 390, height: 844 }

interface Evening {
  language: Language
  /** Of the manager's and the counter's devices; customers have phones. */
  viewport: { width: number; height: number }
  timezone: string
  country: string
  currency: string
  byKeyboard?: boolean
}
const evenings: Record<string, Evening> = {
  phone: { language: 'fr', viewport: phone, timezone: 'Europe/Paris', country: 'FR', currency: 'EUR' },
  tablet: {
    language: 'it',
    viewport: { width: 1024, height: 768 },
    timezone: 'Europe/Rome',
    country: 'IT',
    currency: 'EUR',
  },
  laptop: {
    language: 'en',
    viewport: { width: 1280, height: 800 },
    timezone: 'Europe/London',
    country: 'GB',
    currency: 'GBP',
    byKeyboard: true,
  },
}

const test = base.extend<{
  server: TestServer
  open: (evening: Evening, viewport?: Evening['viewport']) => Promise<Page>
}>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern.
  server: async ({}, use) => {
    const server = await startServer({ env: { COMANDA_DEMO: '', COMANDA_DEMO_PIN: '', COMANDA_SETUP_TOKEN: token } })
    await use(server)
    await server.stop()
  },
  /** A device of somebody, whose pages must be clean. */
  open: async ({ browser, server }, use) => {
    const contexts: [BrowserContext, string[]][] = []
    await use(async (evening, viewport = evening.viewport) => {
      const context = await device(browser, server, evening, viewport)
      contexts.push([context, watch(context)])
      return await context.newPage()
    })
    for (const [context, faults] of contexts) {
      expect(faults).toEqual([])
      await context.close()
    }
  },
})
const device = (browser: Browser, server: TestServer, { language, timezone }: Evening, viewport: typeof phone) =>
  browser.newContext({
    baseURL: server.url,
    viewport,
    locale: { fr: 'fr-FR', en: 'en-GB', it: 'it-IT' }[language],
    timezoneId: timezone,
    reducedMotion: 'reduce',
  })

const isLive = (page: Page) => expect(page.locator('[data-live="live"]').first()).toBeVisible()
const button = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true })
const file = 'name;category;price\nMargherita;Pizze;8,50\nMarinara;Pizze;7\nDiavola;Pizze;10,50\n'

for (const [name, evening] of Object.entries(evenings))
  test(`[OWN-1] [OWN-20] [BKS-2] a pizzeria's first evening, from an empty database to its figures: ${name}`, async ({
    open,
  }) => {
    const say = sayIn(evening.language)
    const at = (page: string) => `/da-ada/manage${page && `/${page}`}`
    const manager = await open(evening)
    const hand: Hand = evening.byKeyboard ? keyboard(manager) : pointer
    /** The page is as wide as the device, and has no barrier. */
    const isFit = (page = manager) => fitsEvery([page.viewportSize()!], page, structure)
    /** The same for devices that are the same in each run. */
    const isFitOnce = async (page: Page) => void (evening.viewport === phone && (await isFit(page)))
    const saved = async () => {
      const bar = manager.getByTestId('save-bar')
      await hand.press(button(bar, say('manage.save.save')))
      await expect(bar).toHaveAttribute('data-state', 'saved')
    }
    const toGuide = async (done: number) => {
      await hand.press(manager.getByTestId('start-banner').getByRole('link'))
      await expect(manager.getByTestId('start-done')).toHaveAttribute('data-done', String(done))
    }
    const step = (id: string) => manager.locator(`[data-step="${id}"]`).getByRole('link').first()

    await test.step('the link opens the pizzeria', async () => {
      await manager.goto(`/setup/${token}`)
      await awake(manager)
      await expect(manager.getByLabel(say('manage.setup.country'))).toHaveValue(evening.country)
      await isFit()
      await hand.fill(manager.getByLabel(say('manage.setup.name')), 'Da Ada')
      await hand.fill(manager.getByLabel(say('manage.setup.manager')), 'Ada')
      await hand.fill(manager.getByLabel(say('manage.setup.pin')), '481516')
      await hand.check(manager.locator('input[name=menu][value=empty]'))
      await hand.press(manager.getByTestId('setup-open'))
      await expect(manager).toHaveURL(at('start'))
      await expect(manager.getByTestId('start-done')).toHaveAttribute('data-done', '0')
      await isFit()
    })

    await test.step('address and phone', async () => {
      await hand.press(step('shop'))
      await hand.fill(manager.getByLabel(say('manage.settings.address')), 'Via Roma 1')
      await hand.fill(manager.getByLabel(say('manage.settings.phone'), { exact: true }), '+33 1 23 45 67 89')
      await saved()
      await isFit()
      await toGuide(1)
    })

    await test.step('a menu of three pizzas by CSV', async () => {
      await hand.press(step('menu'))
      await hand.press(button(manager, say('editor.import.open')))
      const dialog = manager.getByRole('dialog')
      if (evening.byKeyboard) await hand.fill(dialog.getByRole('textbox'), file)
      else
        await dialog
          .locator('input[type=file]')
          .setInputFiles({ name: 'menu.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
      await expect(dialog.getByTestId('changes')).toContainText('Diavola')
      await isFit()
      await hand.press(button(dialog, say('editor.import.now')))
      await expect(manager.locator('[data-entry=diavola]')).toBeVisible()
      await isFit()
      await toGuide(2)
    })

    await test.step('hours', async () => {
      await hand.press(step('hours'))
      await hand.check(manager.locator('input[name=by-week]').first())
      const monday = manager.locator('[data-day="1"]')
      await hand.press(monday.getByRole('button').first())
      const [from, to] = [monday.locator('input').first(), monday.locator('input').last()]
      await hand.time(from, '00:00')
      await hand.time(to, '00:00')
      await hand.press(monday.getByRole('button').last())
      await saved()
      await isFit()
      await toGuide(3)
    })

    const pins: string[] = []
    await test.step('two people', async () => {
      await hand.press(step('people'))
      for (const [person, role] of [
        ['Berta', 'counter'],
        ['Carlo', 'kitchen'],
      ] as const) {
        await hand.fill(manager.getByLabel(say('manage.staff.name'), { exact: true }), person)
        await hand.choose(manager.getByLabel(say('manage.staff.role'), { exact: true }), role)
        await hand.press(button(manager, say('manage.staff.add')))
        await expect(manager.getByTestId('new-pin')).toContainText(person)
        pins.push(/\d{6}/.exec(await manager.getByTestId('new-pin').innerText())![0])
      }
      await expect(manager.getByTestId('staff-list').getByRole('listitem')).toHaveCount(3)
      await isFit()
      await toGuide(4)
    })

    const wall = await open(evening, { width: 1280, height: 720 })
    await test.step('a paired screen', async () => {
      await wall.goto('/da-ada/kitchen')
      const code = await wall.getByTestId('pairing-code').textContent()
      await isFitOnce(wall)
      await hand.press(step('screens'))
      await hand.fill(manager.getByLabel(say('counter.screens.code')), code!)
      await hand.fill(manager.getByTestId('pair-form').getByLabel(say('counter.screens.name')), 'Oven')
      await hand.press(button(manager, say('counter.screens.pairNow')))
      await expect(wall.getByTestId('live')).toBeVisible()
      await expect(manager.getByTestId('screen-card')).toHaveAttribute('data-connected', 'true')
      await isFit()
      await toGuide(5)
    })

    const customer = await open(evening, phone)
    const theirs: Hand = evening.byKeyboard ? keyboard(customer) : pointer
    await test.step('an order from a phone', async () => {
      await customer.goto('/da-ada')
      await isLive(customer)
      await isFitOnce(customer)
      await theirs.press(button(customer, 'Margherita'))
      const builder = customer.getByRole('dialog')
      await isFitOnce(customer)
      await theirs.press(builder.getByRole('button', { name: say('customer.builder.add') }))
      await theirs.press(customer.getByRole('button', { name: say('customer.basket.view') }))
      await theirs.press(button(customer, say('customer.basket.checkout')))
      await theirs.fill(customer.getByLabel(say('customer.checkout.name')), 'Grace Hopper')
      await theirs.fill(customer.getByLabel(say('customer.checkout.phone')), '+33612345678')
      await isFitOnce(customer)
      await theirs.press(customer.getByRole('button', { name: say('customer.place.place') }))
      await expect(customer).toHaveURL(/\/da-ada\/orders\//)
      await isFitOnce(customer)
      await expect(wall.locator('[data-testid^="ticket"][data-number="1"]')).toBeVisible()
    })

    const counter = await open(evening)
    const hers: Hand = evening.byKeyboard ? keyboard(counter) : pointer
    const card = counter.locator('[data-testid="order-card"][data-number="1"]')
    await test.step('the counter signs in, and changes the order', async () => {
      await counter.goto('/da-ada/counter')
      await awake(counter)
      await isFit(counter)
      await counter.keyboard.type(pins[0]!)
      await hers.press(counter.getByTestId('pin-enter'))
      await expect(card).toBeVisible()
      await isFit(counter)
      if (evening.byKeyboard) {
        await counter.keyboard.press('ArrowDown')
        await expect(card).toBeFocused()
        await counter.keyboard.press('e')
      } else {
        await card.getByTestId('order-more').click()
        await counter.getByRole('menuitem', { name: say('counter.do.change') }).click()
      }
      await hers.fill(counter.getByTestId('pad-typed'), 'dia')
      await counter.keyboard.press('Enter')
      const slip = counter.getByTestId('pad-slip')
      if (await slip.isVisible()) await hers.press(slip)
      await expect(counter.getByTestId('pad-line')).toHaveCount(2)
      await isFit(counter)
      await hers.press(counter.getByTestId('pad-send'))
      await expect(counter.getByTestId('pad')).toHaveCount(0)
      await expect(wall.locator('[data-testid^="ticket"][data-number="1"]')).toContainText(/diavola/i)
      await expect(customer.getByText('Diavola').first()).toBeVisible()
    })

    await test.step('paid in two parts, ready, collected', async () => {
      await hers.press(card.getByTestId('order-pay'))
      const payments = counter.getByTestId('payments-dialog')
      await hers.fill(payments.getByTestId('payment-amount'), '9')
      await isFit(counter)
      await hers.press(payments.getByTestId('method-card'))
      await expect(payments.getByTestId('payment-fact')).toHaveCount(1)
      await counter.keyboard.press('Escape')
      await expect(payments).toHaveCount(0)
      await hers.press(card.getByTestId('order-step'))
      await expect(customer.getByText(say('customer.tracking.ready')).first()).toBeVisible()
      if (evening.viewport === phone) await hers.press(counter.getByRole('button', { name: say('counter.lane.ready') }))
      await hers.press(counter.getByTestId('lane-ready').getByTestId('order-step'))
      await expect(counter.getByTestId('unpaid-dialog')).toBeVisible()
      await isFit(counter)
      await hers.press(counter.getByTestId('method-cash'))
      await expect(counter.getByTestId('lane-ready').getByTestId('order-card')).toHaveCount(0)
      await isFitOnce(customer)
    })

    const money = (minor: number) =>
      new Intl.NumberFormat(evening.language, { style: 'currency', currency: evening.currency }).format(minor / 100)
    const rows = (id: string) => manager.getByTestId(id).locator('tbody tr')
    await test.step('figures agree to the cent', async () => {
      await hand.press(manager.getByRole('navigation').getByRole('link', { name: say('figures.title') }))
      await expect(manager.getByTestId('figures')).toContainText(money(1900))
      await expect(rows('methods')).toContainText([money(1000), money(900)])
      await expect(rows('vat')).toContainText([money(1900)])
      await expect(rows('items')).toContainText([/Diavola|Margherita/, /Diavola|Margherita/])
      await isFit()
    })

    await test.step('the history has its life', async () => {
      await hand.press(manager.getByRole('navigation').getByRole('link', { name: say('history.title') }))
      await hand.press(manager.getByTestId('history').getByRole('button').first())
      const life = manager.getByTestId('life').getByRole('listitem')
      await expect(life.first()).toContainText(say('manage.book.customer'))
      await expect(life.last()).toContainText('Berta')
      await isFit()
    })

    await test.step('who did what', async () => {
      await hand.press(
        manager.getByRole('navigation').getByRole('link', { name: say('manage.nav.people'), exact: true }),
      )
      const book = manager.getByTestId('book').locator('tbody tr')
      const by = (person: string, what: string) =>
        expect(
          book
            .filter({ hasText: person })
            .filter({ hasText: say(what) })
            .first(),
        ).toBeVisible()
      await by(say('manage.book.customer'), 'manage.book.placed')
      await by('Berta', 'manage.book.moved')
      await expect(book.filter({ hasText: 'Berta' }).filter({ hasText: say('manage.book.paid') })).toHaveCount(2)
      await by('Ada', 'manage.book.staff')
      await by('Ada', 'manage.book.menu')
      await isFit()
    })

    await test.step('another pizzeria like it, and back', async () => {
      if (evening.byKeyboard) return
      await hand.press(manager.getByRole('navigation').getByRole('link', { name: say('manage.nav.overview') }))
      await expect(manager).toHaveURL(at(''))
      await isFit()
      await manager.getByText(say('copy.title')).click()
      const copy = manager.getByTestId('copy')
      await copy.getByLabel(say('copy.name'), { exact: true }).fill('Da Bea')
      await copy.getByLabel(say('copy.pin')).fill('314159')
      await isFit()
      await hand.press(copy.getByRole('button'))
      await expect(manager).toHaveURL('/da-bea/manage')
      await hand.choose(manager.getByLabel(say('switch.label')), 'da-ada')
      await expect(manager).toHaveURL('/da-ada/manage')
    })

    await test.step('what programs may call', async () => {
      await manager.goto('/reference')
      await expect(manager.getByText('/api/pizzerias/{pizzeria}/figures')).toBeVisible()
      await isFit()
    })

    await test.step('the link is of no use any more', async () => {
      await customer.goto(`/setup/${token}`)
      await expect(customer.getByRole('alert')).toContainText(say('errors.setup.used'))
      await isFitOnce(customer)
    })
  })
