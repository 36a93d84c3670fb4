import { afterAll, beforeAll, expect, it } from 'vitest'
import { startReverb, type FakeCarrier } from '../support/carriers.ts'
import { noHaproxy } from '../support/proxies.ts'
import { startChain } from '../support/nodes.ts'
import { placeOrder, request, signIn, type Target } from '../support/orders.ts'
import { noPostgres } from '../support/postgres.ts'
import { noRedis } from '../support/redis.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

let carrier: FakeCarrier
let server: TestServer
beforeAll(async () => {
  carrier = await startReverb()
  server = await startServer({ env: { COMANDA_LOG: 'error', COMANDA_CARRIER: carrier.address } })
})
afterAll(async () => {
  await server.stop()
  await carrier.stop()
})

const positionsIn = (log: FakeCarrier['log'], channel: string) =>
  log
    .filter((message) => message.channel === channel && message.name === 'event')
    .map(({ data }) => (JSON.parse(data) as { position: number }).position)
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)
/** What somebody reads who drops whatever is not newer than what they have. */
function readingOf(positions: number[]) {
  let newest = 0
  return positions.filter((position) => position > newest && (newest = position))
}
const headOf = async (target: Target) =>
  ((await request(target, 'GET', '/api/streams/board:napoli')).body as { position: number }).position
const isBegun = ({ log }: FakeCarrier) =>
  log.some(({ name, channel }) => name === 'heartbeat' && channel === 'board.napoli')

it('[CAR-1] [CAR-2] over kill -9 and a dead carrier every event arrives, and nothing personal ever', async () => {
  await until(() => isBegun(carrier), 20_000)
  const cookie = await signIn(server)
  const trackings: string[] = []
  const order = async () => {
    const customer = { name: 'Grace Murray Hopper', phone: '+33699999999' }
    const placed = await placeOrder(server, { customer, note: 'ring the bell twice' }, { cookie })
    trackings.push(placed.tracking)
  }
  for (let round = 0; round < 3; round++) {
    await order()
    carrier.isDown = round === 1
    await order()
    await server.kill('SIGKILL')
    carrier.isDown = false
    await server.restart()
    await order()
  }
  const head = await headOf(server)
  await until(() => positionsIn(carrier.log, 'board.napoli').includes(head), 30_000)
  const read = readingOf(positionsIn(carrier.log, 'board.napoli'))
  expect(read.slice(0, read.indexOf(head) + 1)).toEqual(range(1, head))
  const all = carrier.bytes.join('\n')
  expect(all).toContain('Grace')
  expect(all).not.toMatch(/Murray|Hopper|33699999999|bell/)
  for (const tracking of trackings) expect(all).not.toContain(tracking)
})

const missing = noPostgres ?? noRedis ?? noHaproxy
it.skipIf(missing)(
  '[CAR-1] three nodes, each killed in its turn: each event once at least, and in order',
  async () => {
    const far = await startReverb()
    const chain = await startChain({ COMANDA_CARRIER: far.address })
    try {
      await until(() => isBegun(far), 20_000)
      const cookie = await signIn(chain)
      for (const node of chain.nodes) {
        const orders = Array.from({ length: 8 }, () => placeOrder(chain, {}, { cookie }))
        await Promise.all(orders.slice(0, 3))
        await node.kill('SIGKILL')
        // Some of them were on that node, and are not answered.
        await Promise.allSettled(orders)
        const [other] = chain.nodes.filter((one) => one !== node)
        await placeOrder(other!, {}, { cookie })
        await node.restart()
      }
      const head = await headOf(chain)
      await until(() => positionsIn(far.log, 'board.napoli').includes(head), 30_000)
      const read = readingOf(positionsIn(far.log, 'board.napoli'))
      expect(read.slice(0, read.indexOf(head) + 1)).toEqual(range(read[0]!, head))
      expect(read[0]).toBe(1)
    } finally {
      await chain.stop()
      await far.stop()
    }
  },
  150_000,
)

it('[CAR-4] /pusher/auth signs the carrier’s channels for whoever may open them, and nothing beside', async () => {
  const cookie = await signIn(server)
  const way = (stream: string, as?: string) => request(server, 'GET', `/api/streams/${stream}/carrier`, { cookie: as })
  expect((await way('kitchen:napoli')).status).toBe(401)
  expect((await way('board:napoli')).body).toMatchObject({ transport: 'pusher', channel: 'board.napoli' })
  const { channel, url } = (await way('kitchen:napoli', cookie)).body as { channel: string; url: string }
  expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/app\/k3y\?protocol=7/)
  const sign = (channel_name: string, as?: string) =>
    request(server, 'POST', '/pusher/auth', { body: { socket_id: '1.2', channel_name }, cookie: as })
  expect((await sign(channel)).status).toBe(401)
  const answer = await sign(channel, cookie)
  expect([answer.status, Object.keys(answer.body as object)]).toEqual([200, ['auth']])
  expect((answer.body as { auth: string }).auth).toMatch(/^k3y:[0-9a-f]{64}$/)
  for (const name of ['private-kitchen.napoli', `${channel}0`, 'board.napoli', 'news'])
    expect((await sign(name, cookie)).status).toBe(404)
  // The channel that somebody knew is none any more once a session has ended.
  const other = await signIn(server)
  expect((await request(server, 'POST', '/api/staff/sign-out', { cookie: other })).status).toBe(204)
  expect((await sign(channel, cookie)).status).toBe(404)
  expect(((await way('kitchen:napoli', cookie)).body as { channel: string }).channel).not.toBe(channel)
  await until(() => carrier.log.some((message) => message.channel === channel && message.name === 'moved'), 10_000)
})
