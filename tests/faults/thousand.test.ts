import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CustomerOrder } from '../../shared/order/views.ts'
import { loopHeld, watchLoop } from '../support/loop-held.ts'
import { line, move, orderBody, placeOrder, quote, signIn } from '../support/orders.ts'
import { getRaw } from '../support/raw.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openSocket } from '../support/socket.ts'

const open = 1000
const done = 200
const atOnce = 20
/** How long anybody may be held up, ms. */
const maxHeldMs = 100

const half = { topping: 'mushrooms', half: 'left' } as const
const baskets = [
  [line({ size: 'large' }), line({ item: 'diavola', note: 'well done, please' })],
  [line({ size: 'large', toppings: [half, { topping: 'olives', half: 'right', amount: 'extra' }], remove: ['basil'] })],
  [line({ item: 'napoletana', size: 'large' }), line({ quantity: 2 }), { item: 'birra', quantity: 2 }],
].map((lines) => orderBody({ lines }))

describe('[CLI-12] a thousand open orders, and what was finished today', () => {
  let server: TestServer
  let cookie: string
  let untouched: CustomerOrder[]
  const trackings: string[] = []
  beforeAll(async () => {
    server = await startServer({ env: { COMANDA_LOG: 'warn' }, ...watchLoop })
    cookie = await signIn(server)
    const totals = await Promise.all(baskets.map(async (body) => (await quote(server, body)).total))
    const place = async (index: number) => {
      const basket = index % baskets.length
      const customer = { name: `Guest ${String.fromCodePoint(65 + (index % 26))}. Number${index}` }
      const body = { ...baskets[basket]!, customer, total: totals[basket]! }
      const { order, tracking } = await placeOrder(server, body, { cookie })
      trackings.push(tracking)
      if (index < done) await finish(order)
      return order
    }
    const finish = async (order: CustomerOrder) => {
      const ready = await move(server, cookie, order, 'ready')
      await move(server, cookie, ready.body.order, 'collected', { confirmUnpaid: true })
    }
    const placed: CustomerOrder[] = []
    for (let from = 0; from < open + done; from += atOnce)
      placed.push(...(await Promise.all(Array.from({ length: atOnce }, (_, index) => place(from + index)))))
    untouched = placed.slice(-11 * 50)
  }, 180_000)
  afterAll(() => server.stop())

  it.each(['br', 'gzip'])('[CLI-12] the counter’s page is under 300 kB as %s', async (coding) => {
    const page = await getRaw(`${server.url}/napoli/counter`, { cookie, 'accept-encoding': coding })
    expect([page.status, page.headers['content-encoding']]).toEqual([200, coding])
    console.log(`The counter's page with ${open} open orders, ${coding}: ${(page.bytes.length / 1000).toFixed(0)} kB`)
    expect(page.bytes.length).toBeLessThan(300_000)
  })

  it('[CLI-12] are in the page once, and only those that are looked at first', async () => {
    const { text } = await getRaw(`${server.url}/napoli/counter`, { cookie })
    const times = trackings.map((tracking) => text.split(tracking).length - 1).filter((count) => count > 0)
    expect(new Set(times)).toEqual(new Set([1]))
    expect(times.length).toBeLessThan(60)
  })

  it('[CLI-12] hold up nobody for 100 ms: pages, snapshots, steps, and screens that come back', async () => {
    const headers = { cookie, 'accept-encoding': 'br' }
    // Each time others of the orders that nobody has touched: two warm-ups, and three rounds of three.
    const load: Record<string, () => Promise<unknown>> = {
      'page of the counter': () => getRaw(`${server.url}/napoli/counter`, headers),
      'page of the kitchen': () => getRaw(`${server.url}/napoli/kitchen`, headers),
      'page of the board': () => getRaw(`${server.url}/napoli/board`, headers),
      'snapshot of the counter': () => getRaw(`${server.url}/api/streams/counter:napoli`, headers),
      'snapshot of the kitchen': () => getRaw(`${server.url}/api/streams/kitchen:napoli`, headers),
      'steps of 50 orders': () =>
        Promise.all(untouched.splice(0, 50).map((order) => move(server, cookie, order, 'making'))),
      'screens that catch up': async () => {
        const socket = await openSocket(server, { cookie })
        socket.hello([{ stream: 'counter:napoli' }, { stream: 'kitchen:napoli' }])
        await socket.next('joined', (message) => message.stream === 'kitchen:napoli')
        socket.close()
      },
    }
    const held: Record<string, number> = {}
    for (const [name, run] of Object.entries(load)) {
      // Twice before: what is compiled for the first time takes longer, and once only.
      await run()
      await run()
      // What holds it up does so each time; a machine that does other things at once is slow now and then.
      for (let round = 0; round < 3 && !(held[name]! < maxHeldMs); round++) {
        await loopHeld(server)
        for (let again = 0; again < 3; again++) await run()
        const { wallMs, cpuMs } = await loopHeld(server)
        console.log(`${name}: held for ${cpuMs.toFixed(0)} ms of CPU, ${wallMs.toFixed(0)} ms by the clock`)
        // The clock on the wall would also count what else the machine does.
        held[name] = cpuMs
      }
    }
    for (const [name, ms] of Object.entries(held)) expect(ms, name).toBeLessThan(maxHeldMs)
  })
})
