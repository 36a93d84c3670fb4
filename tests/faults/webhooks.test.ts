import { afterAll, beforeAll, expect, it } from 'vitest'
import { signatureOf } from '../../server/webhooks/send.ts'
import type { HookView } from '../../shared/webhooks.ts'
import { move, placeOrder, request, signIn } from '../support/orders.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

const path = '/api/pizzerias/napoli/webhooks'
let receiver: Receiver
let server: TestServer
let cookie: string
beforeAll(async () => {
  receiver = await startReceiver()
  server = await startServer({ env: { COMANDA_WEBHOOKS_INSIDE: receiver.url } })
  cookie = await signIn(server)
})
afterAll(async () => {
  await server.stop()
  receiver.stop()
})
const hooks = async () => ((await request(server, 'GET', path, { cookie })).body as { hooks: HookView[] }).hooks

it('[WHK-5] [OWN-5] is the manager’s alone, and never leads into the server’s own network', async () => {
  const add = (body: object, as?: string) => request(server, 'POST', path, { body, cookie: as })
  const types = ['order.placed']
  expect((await add({ url: receiver.url, types })).status).toBe(401)
  for (const url of [server.url, 'http://127.0.0.1:1/', 'http://localhost/', 'http://[::ffff:10.0.0.1]/', 'http://0/'])
    expect((await add({ url, types }, cookie)).body).toMatchObject({ error: { code: 'webhook.inside' } })
  for (const url of ['ftp://example.com', 'https://user:pass@example.com', 'javascript:alert(1)', ''])
    expect((await add({ url, types }, cookie)).body).toMatchObject({ error: { code: 'request.invalid' } })
  expect((await add({ url: 'https://example.com', types: [] }, cookie)).status).toBe(400)
  expect((await request(server, 'DELETE', `${path}/nothing`, { cookie })).status).toBe(404)
  expect(await hooks()).toEqual([])
})

it('[WHK-1] [WHK-2] [WHK-3] [WHK-4] tells every step over kill -9 and over a receiver that fails', async () => {
  const types = ['order.placed', 'order.amended', 'order.ready', 'order.collected', 'order.cancelled']
  const added = await request(server, 'POST', path, { body: { url: `${receiver.url}/till`, types }, cookie })
  expect(added.status).toBe(201)
  const { secret, hook } = added.body as { secret: string; hook: HookView }

  const { order } = await placeOrder(server, {}, { cookie })
  await until(() => receiver.received.length === 1 || null)
  receiver.answer = 500
  const { asked } = receiver
  for (const [version, to] of ['making', 'baking', 'ready'].entries())
    expect((await move(server, cookie, { id: order.id, version: version + 1 }, to as 'making')).status).toBe(200)
  await until(() => receiver.asked > asked || null)
  const { order: other } = await placeOrder(server, {}, { cookie })
  await server.kill('SIGKILL')
  receiver.answer = 200
  await server.restart()
  expect((await move(server, cookie, { id: other.id, version: 1 }, 'cancelled')).status).toBe(200)

  const told = () => new Set(receiver.received.map(({ body }) => `${body.type} ${body.order.id}`))
  const wanted = [
    `order.placed ${order.id}`,
    `order.ready ${order.id}`,
    `order.placed ${other.id}`,
    `order.cancelled ${other.id}`,
  ]
  await until(() => wanted.every((one) => told().has(one)) || null, 60_000)
  expect(told()).toEqual(new Set(wanted))
  for (const { headers, text } of receiver.received) {
    const signature = String(headers['comanda-signature'])
    const seconds = Number(/^t=(\d+)/.exec(signature)![1])
    expect(signature).toBe(signatureOf(secret, seconds, text))
    expect(Math.abs(Date.now() / 1000 - seconds)).toBeLessThan(90)
  }

  await until(async () => (await hooks())[0]!.deliveries.every(({ outcome }) => outcome === 'sent') || null, 20_000)
  const { deliveries } = (await hooks())[0]!
  expect(deliveries).toHaveLength(4)
  const before = receiver.received.length
  const replay = (id: string) => request(server, 'POST', `${path}/${hook.id}/deliveries/${id}/replay`, { cookie })
  expect((await replay(deliveries[0]!.id)).status).toBe(204)
  expect((await replay('nothing')).status).toBe(404)
  await until(() => receiver.received.length > before || null)
  expect(receiver.received.at(-1)!.body.id).toBe(deliveries[0]!.id)

  expect((await request(server, 'DELETE', `${path}/${hook.id}`, { cookie })).status).toBe(204)
  expect(await hooks()).toEqual([])
})
