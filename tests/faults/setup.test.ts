import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import SQLite from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { codeOf, cookiesOf, placeOrder, request, signIn, snapshot, type Answer } from '../support/orders.ts'
import { until } from '../support/until.ts'
import { startServer, type ServerOptions, type TestServer } from '../support/server.ts'

const run = promisify(execFile)
const servers: TestServer[] = []
afterAll(() => Promise.all(servers.map((server) => server.stop())))

/** A server on an empty database, without the demo. */
async function empty(options: ServerOptions = {}): Promise<TestServer> {
  const env = { COMANDA_DEMO: '', COMANDA_DEMO_PIN: '', COMANDA_LOG: 'warn', ...options.env }
  const server = await startServer({ ...options, env })
  servers.push(server)
  return server
}
const tokenIn = (text: string) => /\/setup\/([\w-]+)/.exec(text)?.[1]
const input = (token: string, over: Record<string, unknown> = {}) => ({
  token,
  pizzeria: {
    id: 'da-mimmo',
    name: 'Da Mimmo',
    country: 'IT',
    timezone: 'Europe/Rome',
    currency: 'EUR',
    languages: ['it', 'en'],
    ...(over.pizzeria as object | undefined),
  },
  manager: { name: 'Mimmo', pin: '481516', ...(over.manager as object | undefined) },
  menu: over.menu ?? 'napoli',
})
const setUp = (server: TestServer, body: unknown): Promise<Answer> => request(server, 'POST', '/api/setup', { body })
const token = 'a-token-of-the-test'

describe('the first start', () => {
  it('[OWN-1] prints a link that opens the first pizzeria, and no PIN', async () => {
    const server = await empty()
    const printed = await until(() => tokenIn(server.logs()))
    expect(printed).toMatch(/^[\w-]{20,}$/)
    expect(server.logs()).not.toMatch(/PIN/)
    expect((await request(server, 'GET', '/api/pizzerias')).body).toEqual([])
    expect((await request(server, 'GET', `/setup/${printed}`)).status).toBe(200)
    expect((await request(server, 'GET', `/api/setup/${printed}`)).body).toEqual({ expiresAt: expect.any(String) })

    const answer = await setUp(server, input(printed!))
    expect(answer).toMatchObject({
      status: 201,
      body: { pizzeria: { id: 'da-mimmo', name: 'Da Mimmo' }, user: { role: 'manager', name: 'Mimmo' } },
    })
    const manager = cookiesOf(answer)
    expect((await snapshot(server, 'counter:da-mimmo', manager)).status).toBe(200)
    const placed = await placeOrder(server, {}, { pizzeria: 'da-mimmo' })
    expect(placed.order).toMatchObject({ number: 1, currency: 'EUR' })
    expect(await signIn(server, '481516', 'da-mimmo')).toContain('comanda=')

    const before = server.logs().length
    await server.restart()
    expect(tokenIn(server.logs().slice(before))).toBeUndefined()
    expect(codeOf(await setUp(server, input(printed!, { pizzeria: { id: 'other' } })))).toBe('409 setup.used')
  })

  it('[OWN-2] takes the token from the environment; a menu may be empty', async () => {
    const server = await empty({ env: { COMANDA_SETUP_TOKEN: token } })
    await until(() => server.logs().includes(`/setup/${token}`))
    expect((await setUp(server, input(token, { menu: 'empty' }))).status).toBe(201)
    const menu = (await snapshot(server, 'menu:da-mimmo')).body as { state: { items: unknown[]; currency: string } }
    expect(menu.state).toMatchObject({ items: [], toppings: [], categories: [], currency: 'EUR' })
    await server.restart()
    expect(codeOf(await setUp(server, input(token, { pizzeria: { id: 'other' } })))).toBe('409 setup.used')
  })

  it('[MNU-6] an empty menu is filled from a file, and takes its first order', async () => {
    const server = await empty({ env: { COMANDA_SETUP_TOKEN: token } })
    const cookie = cookiesOf(await setUp(server, input(token, { menu: 'empty' })))
    const text = 'name;price\nMargherita;7,50\nMarinara;6\nDiavola;8,50\n'
    const path = '/api/pizzerias/da-mimmo/menu/import'
    const tried = await request(server, 'POST', path, { body: { text, preview: true }, cookie })
    expect(tried.body).toMatchObject({ errors: [], version: 0 })
    const answer = await request(server, 'POST', path, { body: { text }, cookie })
    expect(answer.body).toMatchObject({ version: 1, changes: { entries: [{ part: 'categories' }, {}, {}, {}] } })
    const lines = [{ item: 'margherita', quantity: 1 }]
    const { order } = await placeOrder(server, { lines }, { pizzeria: 'da-mimmo' })
    expect(order).toMatchObject({ total: 750, lines: [{ name: { it: 'Margherita', fr: 'Margherita' } }] })
  })

  it('[OWN-1] npm run setup opens another pizzeria beside a running server; neither sees the other', async () => {
    const server = await empty({ env: { COMANDA_SETUP_TOKEN: token } })
    const first = cookiesOf(await setUp(server, input(token)))
    // A call that blocked this process would leave it with connections that the server has closed meanwhile.
    const said = await run(process.execPath, [join(import.meta.dirname, '../../scripts/setup.ts')], {
      env: { ...process.env, DATABASE_URL: `file:${server.databaseFile}`, COMANDA_SETUP_TOKEN: '' },
    })
    const second = await setUp(
      server,
      input(tokenIn(said.stdout)!, { pizzeria: { id: 'seconda' }, manager: { name: 'Lia', pin: '481516' } }),
    )
    expect(second.status).toBe(201)
    expect(codeOf(await snapshot(server, 'counter:seconda', first))).toBe('403 staff.forbidden')
    expect(codeOf(await snapshot(server, 'counter:da-mimmo', cookiesOf(second)))).toBe('403 staff.forbidden')
  })
})

describe('what a link refuses', () => {
  it('[OWN-3] two people with one link at once: one opens it', async () => {
    const server = await empty({ env: { COMANDA_SETUP_TOKEN: token } })
    const answers = await Promise.all(
      ['uno', 'due', 'tre', 'uno'].map((id) => setUp(server, input(token, { pizzeria: { id } }))),
    )
    expect(answers.map(codeOf).sort()).toEqual(['201', '409 setup.used', '409 setup.used', '409 setup.used'])
    expect((await request(server, 'GET', '/api/pizzerias')).body).toHaveLength(1)
  })

  it('[OWN-3] a link of yesterday is refused, also while the server kept running', async () => {
    const server = await empty({ env: { COMANDA_SETUP_TOKEN: token } })
    const database = new SQLite(server.databaseFile)
    database.prepare('update setups set expires_at = ?').run(Date.now() - 1)
    database.close()
    expect(codeOf(await setUp(server, input(token)))).toBe('410 setup.expired')
    expect(codeOf(await request(server, 'GET', `/api/setup/${token}`))).toBe('410 setup.expired')
    expect((await request(server, 'GET', '/api/pizzerias')).body).toEqual([])
  })

  it('[OWN-3] a guessed link opens nothing, and guessing is slowed down; the real one stays valid', async () => {
    const server = await empty({ env: { COMANDA_SETUP_TOKEN: token } })
    const codes: string[] = []
    for (let index = 0; index < 14; index++) codes.push(codeOf(await setUp(server, input(`guess-number-${index}`))))
    expect(codes[0]).toBe('404 setup.unknown')
    expect(codes.at(-1)).toBe('429 staff.slow_down')
    expect(codeOf(await request(server, 'GET', '/api/setup/another-guess'))).toBe('429 staff.slow_down')
    const database = new SQLite(server.databaseFile)
    database.prepare("delete from budgets where what = 'setup'").run()
    database.close()
    expect((await setUp(server, input(token))).status).toBe(201)
  })

  it('[ORD-23] [OWN-2] names are kept without what cannot be seen', async () => {
    const server = await empty({ env: { COMANDA_SETUP_TOKEN: token } })
    const over = { pizzeria: { name: 'Da\u202E  Mimmo\u0000' }, manager: { name: '\u2067Mim\u200Bmo\uD83C' } }
    const opened = await setUp(server, input(token, over))
    expect(opened.body).toMatchObject({ pizzeria: { name: 'Da Mimmo' }, user: { name: 'Mimmo' } })
    expect((await snapshot(server, 'menu:da-mimmo')).body.state.pizzeria.name).toBe('Da Mimmo')
  })

  it('[OWN-2] invalid or taken input leaves the link valid', async () => {
    const server = await empty({ env: { COMANDA_SETUP_TOKEN: token } })
    for (const over of [
      { manager: { pin: '1234' } },
      { manager: { pin: '12345a' } },
      { manager: { name: ' ​ ' } },
      { manager: { name: '\u2800\u00AD' } },
      { pizzeria: { name: '\u202E\u200B' } },
      { pizzeria: { id: 'Da Mimmo' } },
      { pizzeria: { timezone: 'Europe/Nowhere' } },
      { pizzeria: { currency: 'XXQ' } },
      { pizzeria: { country: 'QQ' } },
      { pizzeria: { languages: [] } },
      { pizzeria: { languages: ['de'] } },
      { menu: 'roma' },
    ])
      expect([over, codeOf(await setUp(server, input(token, over)))]).toEqual([over, '400 request.invalid'])
    expect(codeOf(await setUp(server, input(token, { pizzeria: { id: 'api' } })))).toBe('409 pizzeria.exists')
    expect((await setUp(server, input(token))).status).toBe(201)
  })
})
