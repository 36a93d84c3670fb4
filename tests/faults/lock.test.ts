import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkLog } from '../support/checker.ts'
import { openReader } from '../support/live-reader.ts'
import type { Attempt } from '../support/load.ts'
import { orderBody, placeOrder, postOrder, quote, signIn, snapshot } from '../support/orders.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openSocket } from '../support/socket.ts'
import { eventually, expectConverged, openDatabase } from '../support/watching.ts'

/** For how long another program locks the database, ms. */
const lockedMs = 10_000

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

it(
  '[LOG-8] a database that another program has locked for 10 s: commands are refused in time and ' +
    'the kitchen stays live',
  async () => {
    const cookie = await signIn(server)
    const body = { ...orderBody(), total: (await quote(server, orderBody())).total }
    const kitchen = openReader(server, 'kitchen:napoli', { cookie, device: 'locked-screen-1' })
    const firstKey = 'before-the-lock'
    const { order: first } = await placeOrder(server, {}, { key: firstKey })
    await expectConverged(server, [kitchen], { cookie })
    const statuses = kitchen.statuses.length
    const socket = await openSocket(server, { cookie })
    socket.hello([{ stream: 'kitchen:napoli' }], 'locked-screen-2')
    await socket.next('joined')

    const database = openDatabase(server.databaseFile)
    database.lock()
    const lockedAt = performance.now()
    const attempts: Attempt[] = []
    const answers: { status: number; code?: string; retryAfter: string | null; ms: number }[] = []
    async function order(worker: number) {
      for (let count = 0; performance.now() - lockedAt < lockedMs; count++) {
        const attempt: Attempt = { key: `locked-${worker}-${count}`, tries: 1, acked: null }
        attempts.push(attempt)
        const from = performance.now()
        const answer = await postOrder(server, body, { key: attempt.key })
        if (answer.status === 201) attempt.acked = answer.body.order.id
        // The last ones may still be waiting when the lock is released, and are then placed.
        else
          answers.push({
            status: answer.status,
            code: answer.body.error?.code,
            retryAfter: answer.headers.get('retry-after'),
            ms: performance.now() - from,
          })
      }
    }
    const ordering = Promise.all([1, 2, 3].map(order))

    // Reads, proof of display, reports and pings: everything that a screen sends while nothing can be written.
    let slowest = 0
    for (let n = 1; performance.now() - lockedAt < lockedMs - 500; n++) {
      const from = performance.now()
      expect((await snapshot(server, 'kitchen:napoli', cookie)).status).toBe(200)
      if (n % 20 === 1) {
        socket.send({ kind: 'report', audio: 'armed', page: `kitchen ${n}` })
        socket.send({ kind: 'shown', stream: 'kitchen:napoli', position: kitchen.at().position })
      }
      socket.send({ kind: 'ping', n })
      await eventually(() => expect(socket.heard).toContainEqual(expect.objectContaining({ kind: 'pong', n })), 4000)
      slowest = Math.max(slowest, performance.now() - from)
      await eventually(() => expect(performance.now() - from).toBeGreaterThan(100))
    }
    // Whoever waited for the lock would wait for the five seconds after which a command is refused.
    expect(slowest, 'slowest read and ping, ms').toBeLessThan(4000)
    await socket.next('heartbeat', () => true, 15_000)
    await eventually(() => expect(performance.now() - lockedAt).toBeGreaterThan(lockedMs))
    database.unlock()
    database.close()
    await ordering

    expect(answers.length).toBeGreaterThanOrEqual(3)
    for (const { ms, ...answer } of answers) {
      expect(answer).toEqual({ status: 503, code: 'server.busy', retryAfter: expect.stringMatching(/^[1-9]\d*$/) })
      expect(ms).toBeLessThan(9000)
    }
    expect(kitchen.statuses.slice(statuses), "the kitchen's connection did not suffer").toEqual([])
    expect(socket.ws.readyState).toBe(socket.ws.OPEN)

    // Without help: the refused keys are free, and what the screen reported is stored.
    for (const attempt of attempts) {
      const answer = await postOrder(server, body, { key: attempt.key })
      expect(answer.status).toBe(201)
      if (attempt.acked) expect(answer.body.order.id).toBe(attempt.acked)
      attempt.acked = answer.body.order.id
    }
    await eventually(async () => {
      const { state } = (await snapshot(server, 'counter:napoli', cookie)).body
      expect(state.orders.find((seen: { id: string }) => seen.id === first.id).shownAt).not.toBeNull()
      expect(state.screens.find((screen: { id: string }) => screen.id === 'locked-screen-2')).toMatchObject({
        connected: true,
        report: { audio: 'armed' },
      })
    })
    await expectConverged(server, [kitchen], { cookie })
    expect(kitchen.statuses.slice(statuses)).toEqual([])
    expect(checkLog(server.databaseFile, [...attempts, { key: firstKey, tries: 1, acked: first.id }])).toEqual([])
    kitchen.close()
    socket.close()
  },
)
