import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, it } from 'vitest'
import { closeCodes } from '../../shared/live/close-codes.ts'
import { checkLog } from '../support/checker.ts'
import { openReader } from '../support/live-reader.ts'
import { startLoad } from '../support/load.ts'
import { readSse } from '../support/node-io.ts'
import { orderBody, quote, request, signIn, type Target } from '../support/orders.ts'
import { randomFrom, seed } from '../support/seed.ts'
import { startServer } from '../support/server.ts'
import { openSocket } from '../support/socket.ts'
import { eventually, expectConverged } from '../support/watching.ts'

/**
 * An order whose body was sent only half, so that it is under way for as long as the test wants. `begun` resolves when
 * the server has started to handle it.
 */
function beginOrder(target: Target, body: string) {
  const sent = httpRequest(`${target.url}/api/pizzerias/napoli/orders`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'idempotency-key': randomUUID(),
      expect: '100-continue',
    },
  })
  // "100 Continue" shows that the server has the order: no other sign of it exists on another connection.
  const begun = once(sent, 'continue').then(() => sent.write(body.slice(0, 10)))
  const answer = once(sent, 'response').then(async ([response]: IncomingMessage[]) => ({
    status: response!.statusCode,
    body: JSON.parse(await text(response!)) as { order: { id: string } },
  }))
  // Whoever awaits them gets the error; nobody awaits a request that is cut off on purpose.
  for (const promise of [begun, answer]) promise.catch(() => {})
  sent.flushHeaders()
  return { begun, answer, finish: () => sent.end(body.slice(10)) }
}

describe.concurrent('SIGTERM', { timeout: 90_000 }, () => {
  it('[SRV-6] tells everybody when to come back, answers running requests, and ends within 2 s', async ({ expect }) => {
    const server = await startServer()
    const cookie = await signIn(server)
    const body = JSON.stringify({ ...orderBody(), total: (await quote(server, orderBody())).total })
    const sockets = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const socket = await openSocket(server, { cookie })
        socket.hello([{ stream: 'kitchen:napoli' }])
        await socket.next('joined')
        return socket
      }),
    )
    const heard: string[] = []
    const sse = new Promise<number>((resolve) =>
      readSse(
        `${server.url}/api/streams/counter:napoli/sse`,
        { cookie },
        { message: (message) => heard.push(message), closed: resolve },
      ),
    )
    await eventually(() => expect(heard.length).toBeGreaterThan(0))
    // An idle kept connection, and an order that is being sent.
    const agent = new Agent({ keepAlive: true })
    await new Promise<void>((resolve) =>
      httpRequest(`${server.url}/healthz`, { agent }, (response) => response.resume().on('end', resolve)).end(),
    )
    const order = beginOrder(server, body)
    await order.begun

    const from = performance.now()
    const exit = server.kill('SIGTERM')
    const codes = await Promise.all(
      sockets.map(async (socket) => {
        const { retryIn } = await socket.next('bye')
        expect(retryIn).toBeGreaterThanOrEqual(0)
        expect(retryIn).toBeLessThanOrEqual(1000)
        return (await socket.closed).code
      }),
    )
    expect(new Set(codes)).toEqual(new Set([1012]))
    expect(closeCodes[1012].retry).toBe(true)
    // It still listens, to say so.
    expect((await request(server, 'GET', '/readyz')).body).toMatchObject({ ready: false, reason: 'draining' })
    expect((await request(server, 'POST', '/api/pizzerias/napoli/quote', { body: {} })).body.error).toMatchObject({
      code: 'server.draining',
      retryable: true,
    })
    order.finish()
    const answer = await order.answer
    expect(answer.status).toBe(201)
    await sse
    expect(heard.some((message) => message.includes('"kind":"bye","code":1012'))).toBe(true)
    expect(await exit).toBe(0)
    expect(performance.now() - from, 'ms until the end').toBeLessThan(2000)
    agent.destroy()

    await server.restart()
    const {
      body: { state },
    } = await request(server, 'GET', '/api/streams/counter:napoli', { cookie })
    expect(state.orders.map(({ id }: { id: string }) => id)).toEqual([answer.body.order.id])
    await server.stop()
  })

  it('[SRV-6] gives no page any more but one that says so, and the files of those that it gave just before', async ({
    expect,
  }) => {
    const server = await startServer()
    const page = await (await fetch(`${server.url}/napoli`)).text()
    const files = [/\/_nuxt\/[\w.-]+\.js/, /\/_i18n\/[\w-]+\/en\/messages\.json/].map((one) => one.exec(page)![0])
    const exit = server.kill('SIGTERM')
    const get = (path: string, headers = {}) => fetch(`${server.url}${path}`, { headers })
    // All at once: there is a second for it.
    const [words, code, ...kept] = await eventually(async () => {
      const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': 'de, it;q=0.9' }
      const answers = await Promise.all([get('/napoli', browser), get('/napoli'), ...files.map((file) => get(file))])
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 200, 200])
      return answers
    })
    expect(await exit).toBe(0)
    expect(words!.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(words!.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; style/,
    )
    const text = await words!.text()
    expect(text).toContain('<html lang="it">')
    expect(text).toContain('Stiamo riavviando')
    // Nothing that would have to be fetched from a server that is gone.
    expect(text).not.toMatch(/<link|\ssrc=|url\(/)
    expect(await code!.json()).toMatchObject({ error: { code: 'server.draining', retryable: true } })
    expect(kept).toHaveLength(2)
    await server.stop()
  })

  it(
    '[SRV-6] [CLI-4] one restart after another under load: all come back, nothing is lost, nothing ' +
      `comes twice (COMANDA_SEED=${seed})`,
    async ({ expect }) => {
      const server = await startServer()
      const cookie = await signIn(server)
      const readers = [
        openReader(server, 'kitchen:napoli', { cookie, device: 'rolling-screen' }),
        openReader(server, 'counter:napoli', { cookie }),
        openReader(server, 'counter:napoli', { cookie, only: ['sse'], random: () => 0.01 }),
      ]
      await expectConverged(server, readers, { cookie })
      const load = await startLoad(server, { workers: 3, cookie, random: randomFrom(seed) })
      for (let restarts = 1; restarts <= 3; restarts++) {
        const more = load.acked() + 10
        await eventually(() => expect(load.acked()).toBeGreaterThan(more), 30_000)
        // A request that never ends delays nobody.
        await beginOrder(server, '{"never": "finished"}').begun
        const from = performance.now()
        expect(await server.kill('SIGTERM')).toBe(0)
        expect(performance.now() - from).toBeLessThan(4000)
        await server.restart()
      }
      await load.stop()
      await expectConverged(server, readers, { cookie, ms: 20_000 })
      expect(load.faults).toEqual([])
      expect(checkLog(server.databaseFile, load.attempts)).toEqual([])
      readers.forEach((reader) => reader.close())
      await server.stop()
    },
  )
})
