import { createHash, createHmac, randomUUID } from 'node:crypto'
import { cookiesOf, placeOrder, request, signIn, type Answer } from './orders.ts'
import { pusherApp, pusherEnv } from './pusher.ts'
import { demoPin, startServer, type TestServer } from './server.ts'

/** An operation of `/openapi.json`, as far as a test calls it. */
export interface Operation {
  method: string
  path: string
  'x-who': string
  parameters?: { name: string; in: string; required: boolean }[]
  requestBody?: { content: { 'application/json': { schema: object; example?: Record<string, unknown> } } }
  responses: Record<string, { description: string; content?: Record<string, { schema?: object }> }>
}

export const setupToken = 'a-token-of-the-test'
/** Nobody listens there; the way to it is said all the same. */
const hookSite = 'http://127.0.0.1:9'
const outwardEnv = {
  COMANDA_WEBHOOKS_INSIDE: hookSite,
  COMANDA_CARRIER: 'pusher://k3y:a-secret-of-the-test@127.0.0.1:9/elsewhere',
}
/** Nobody has this id or token. */
export const guess = 'guessed-it-surely-not'

/** A server with all that the operations are about: the demo, its people, an order, a screen, and another pizzeria. */
export async function openWorld() {
  const server = await startServer({
    env: { COMANDA_LOG: 'warn', COMANDA_SETUP_TOKEN: setupToken, ...pusherEnv, ...outwardEnv },
  })
  const manager = await signIn(server)
  const document = (await request(server, 'GET', '/openapi.json')).body as {
    openapi: string
    paths: Record<string, Record<string, Omit<Operation, 'method' | 'path'>>>
    components: { schemas: Record<string, object> }
  }
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]): Operation => ({ ...one, method, path })),
  )
  return { server, manager, document, operations, fixtures: createFixtures(server, manager) }
}
export type World = Awaited<ReturnType<typeof openWorld>>

/** New things of the demo pizzeria for each call, so that none finds what another has left. */
function createFixtures(server: TestServer, manager: string) {
  const post = (path: string, body: unknown, cookie = manager) => request(server, 'POST', path, { body, cookie })
  let serial = 0

  /** Somebody who works here, signed in. */
  async function member(role: string, pizzeria = 'napoli', as = manager) {
    serial += 1
    const pin = String(100_000 + serial)
    const added = await post(`/api/pizzerias/${pizzeria}/staff`, { name: `Member ${serial}`, role, pin }, as)
    if (added.status !== 201) throw new Error(`Nobody was added: ${JSON.stringify(added.body)}`)
    return { id: added.body.member.id as string, pin, cookie: await signIn(server, pin, pizzeria) }
  }
  /** Somebody who was just removed. */
  async function gone(): Promise<string> {
    const { id } = await member('counter')
    await request(server, 'DELETE', `/api/pizzerias/napoli/staff/${id}`, { cookie: manager })
    return id
  }
  async function pairing() {
    serial += 1
    const device = `device-of-the-test-${serial}`
    return { device, ...(await post('/api/screens/pairings', { device })).body } as Record<
      'device' | 'code' | 'token',
      string
    >
  }
  /** A paired screen. */
  async function screen() {
    const { device, code, token } = await pairing()
    await post('/api/pizzerias/napoli/screens', { code, name: 'Oven' })
    const claimed = await request(server, 'POST', `/api/screens/pairings/${token}`)
    return { id: device, cookie: cookiesOf(claimed) }
  }
  /** A screen that was just removed. */
  async function goneScreen(): Promise<string> {
    const { id } = await screen()
    await request(server, 'DELETE', `/api/pizzerias/napoli/screens/${id}`, { cookie: manager })
    return id
  }
  // Staff's: strangers may have only so many orders open.
  const order = () => placeOrder(server, { customer: { name: 'Ada' } }, { cookie: manager })
  const menu = async () =>
    (await request<{ version: number }>(server, 'GET', '/api/pizzerias/napoli/menu', { cookie: manager })).body
  /** The token of a table's QR code. */
  async function table(): Promise<string> {
    const body = { tables: [{ name: '7' }] }
    const answer = await request(server, 'PATCH', '/api/pizzerias/napoli', { body, cookie: manager })
    return answer.body.settings.tables[0].token
  }
  /** Somebody who follows the shop: there may be few of them. */
  async function hook(): Promise<string> {
    const body = { url: `${hookSite}/orders`, types: ['order.placed'] }
    const { hooks } = (await request(server, 'GET', '/api/pizzerias/napoli/webhooks', { cookie: manager })).body
    if (hooks.length > 0) return hooks[0].id
    return (await post('/api/pizzerias/napoli/webhooks', body)).body.hook.id
  }
  async function photo(): Promise<string> {
    return (await post('/api/pizzerias/napoli/photos', { data: dot })).body.photo
  }
  /** A menu that waits for its time, whether or not one did already. */
  async function plan() {
    const at = new Date(Date.now() + 86_400_000).toISOString()
    const { version, ...book } = await menu()
    const body = { ...book, ifVersion: version, at }
    await request(server, 'PUT', '/api/pizzerias/napoli/menu/plan', { body, cookie: manager })
  }
  /** No menu waits for its time. */
  const noPlan = () => request(server, 'DELETE', '/api/pizzerias/napoli/menu/plan', { cookie: manager })
  return { member, gone, pairing, screen, goneScreen, order, menu, plan, noPlan, table, hook, photo }
}
/** The smallest picture that there is. */
const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII='
type Fixtures = ReturnType<typeof createFixtures>

/** What stands for each parameter of a path: by its name, or by its name at one address. */
const values: Record<string, (fixtures: Fixtures, server: TestServer) => Promise<string> | string> = {
  pizzeria: () => 'napoli',
  item: () => 'margherita',
  topping: () => 'basil',
  order: async ({ order }) => (await order()).order.id,
  tracking: async ({ order }) => (await order()).tracking,
  share: async ({ order }, server) =>
    (await request(server, 'GET', `/api/tracking/${(await order()).tracking}/share`)).body.share,
  member: async ({ member }) => (await member('counter')).id,
  'member of /api/pizzerias/{pizzeria}/staff/{member}/restore': ({ gone }) => gone(),
  screen: async ({ screen }) => (await screen()).id,
  'screen of /api/pizzerias/{pizzeria}/screens/{screen}/restore': ({ goneScreen }) => goneScreen(),
  hook: ({ hook }) => hook(),
  delivery: () => guess,
  stream: () => 'kitchen:napoli',
  key: () => pusherApp.key,
  app: () => pusherApp.id,
  channel: () => 'presence-news',
  'token of /api/screens/pairings/{token}': async ({ pairing }) => (await pairing()).token,
  'token of /api/setup/{token}': () => setupToken,
  'token of /api/pizzerias/{pizzeria}/tables/{token}': ({ table }) => table(),
  photo: ({ photo }) => photo(),
  version: () => '00000000',
  dish: () => 'still-water.svg',
  sauce: () => 'tomato',
  crust: () => 'classic',
  seed: () => '1',
  toppings: () => '_.svg',
}

/** Bodies that an example cannot foresee: a code that a screen shows now, a PIN that somebody has. */
const bodies: Record<string, (fixtures: Fixtures) => Promise<object> | object> = {
  'post /api/pizzerias/{pizzeria}/screens': async ({ pairing }) => ({ code: (await pairing()).code }),
  'post /api/staff/sign-in': () => ({ pin: demoPin }),
  'post /api/setup': () => ({ token: setupToken }),
  'post /api/pizzerias/{pizzeria}/webhooks': () => ({ url: `${hookSite}/orders` }),
  'put /api/pizzerias/{pizzeria}/menu': async ({ menu }) => {
    const book = await menu()
    return { ...book, ifVersion: book.version }
  },
  'put /api/pizzerias/{pizzeria}/menu/plan': async ({ menu, noPlan }) => {
    await noPlan()
    const book = await menu()
    return { ...book, ifVersion: book.version, at: new Date(Date.now() + 86_400_000).toISOString() }
  },
  'post /api/pizzerias/{pizzeria}/menu/import': async ({ menu }) => ({ text: JSON.stringify(await menu()) }),
}

/** What must be there before a call without a body. */
const preparations: Record<string, (fixtures: Fixtures) => Promise<unknown>> = {
  'delete /api/pizzerias/{pizzeria}/menu/plan': ({ plan }) => plan(),
}

/** Queries that an example cannot foresee. */
const queries: Record<string, Record<string, string>> = {
  after: { after: 'epoch:0' },
  from: { from: '2026-01-01' },
  to: { to: '2026-12-31' },
}

export interface Call {
  method: string
  path: string
  body?: object
  headers: Record<string, string>
}

/** A call of an operation that should succeed; `fixed` are parameters of the path that are given. */
export async function callOf(
  { server, fixtures }: Pick<World, 'server' | 'fixtures'>,
  operation: Operation,
  fixed: Record<string, string> = {},
): Promise<Call> {
  const { method, path: template, parameters = [], requestBody } = operation
  await preparations[`${method} ${template}`]?.(fixtures)
  let path = template
  for (const { name, in: place } of parameters) {
    if (place !== 'path') continue
    const value = fixed[name] ?? (await (values[`${name} of ${template}`] ?? values[name])?.(fixtures, server))
    if (value === undefined)
      throw new Error(`Say in tests/support/every-route.ts (values) what stands for {${name}} of ${template}.`)
    path = path.replace(`{${name}}`, encodeURIComponent(value))
  }
  const required = parameters.filter((one) => one.in === 'query' && one.required)
  const query = new URLSearchParams(Object.assign({}, ...required.map(({ name }) => queries[name] ?? {})))
  const example = requestBody?.content['application/json'].example
  const body = requestBody && { ...example, ...(await bodies[`${method} ${template}`]?.(fixtures)) }
  const headers: Record<string, string> = {}
  if (parameters.some(({ name, required }) => name === 'Idempotency-Key' && required))
    headers['idempotency-key'] = randomUUID()
  if (operation['x-who'] === 'signature') sign(method, path, query, body)
  const search = query.toString()
  return { method: method.toUpperCase(), path: search ? `${path}?${search}` : path, headers, ...(body && { body }) }
}

/** As the library of the Pusher protocol signs. */
function sign(method: string, path: string, query: URLSearchParams, body: object | undefined) {
  query.set('auth_key', pusherApp.key)
  query.set('auth_timestamp', String(Math.floor(Date.now() / 1000)))
  query.set('auth_version', '1.0')
  if (body) query.set('body_md5', createHash('md5').update(JSON.stringify(body)).digest('hex'))
  query.sort()
  const text = [method.toUpperCase(), path, decodeURIComponent(query.toString())].join('\n')
  query.set('auth_signature', createHmac('sha256', pusherApp.secret).update(text).digest('hex'))
}

/** Sends a call; of an answer that does not end only its beginning is waited for. */
export async function send(server: TestServer, call: Call, cookie?: string): Promise<Answer & { type: string }> {
  const leave = new AbortController()
  const answer = await fetch(`${server.url}${call.path}`, {
    method: call.method,
    headers: {
      origin: new URL(server.url).origin,
      ...(call.body && { 'content-type': 'application/json' }),
      ...(cookie && { cookie }),
      ...call.headers,
    },
    ...(call.body && { body: JSON.stringify(call.body) }),
    redirect: 'manual',
    signal: leave.signal,
  })
  const type = (answer.headers.get('content-type') ?? '').split(';')[0]!
  const text = type === 'text/event-stream' ? '' : await answer.text()
  if (type === 'text/event-stream') leave.abort()
  return {
    status: answer.status,
    type,
    headers: answer.headers,
    body: type === 'application/json' ? JSON.parse(text) : text,
  }
}
