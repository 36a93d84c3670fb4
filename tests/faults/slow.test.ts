import { request as httpRequest, type IncomingMessage } from 'node:http'
import { describe, it, type ExpectStatic } from 'vitest'
import type { Down } from '../../shared/live/messages.ts'
import { startChaosProxy } from '../support/chaos-proxy.ts'
import { openReader } from '../support/live-reader.ts'
import { line, placeOrder, request, signIn, snapshot, type Target } from '../support/orders.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openSocket, type TestSocket } from '../support/socket.ts'
import { eventually, expectConverged, figure, residentMb } from '../support/watching.ts'

/**
 * An order so large that each of its changes is an event of about 70 KB at the counter, so that the operating system's
 * own buffers are soon full.
 */
async function placeHeavy(server: TestServer, cookie: string) {
  const { toppings } = (await snapshot(server, 'menu:napoli')).body.state as { toppings: { id: string }[] }
  const some = toppings
    .filter(({ id }) => id !== 'basil')
    .slice(0, 14)
    .map(({ id }) => ({ topping: id }))
  return placeOrder(
    server,
    {
      lines: Array.from({ length: 30 }, () => line({ note: 'As well done as it can be. '.repeat(5), toppings: some })),
    },
    { cookie },
  )
}

/** Pays and unpays a large order that many times; returns when each command was answered. */
async function flood(server: TestServer, cookie: string, times: number) {
  const { order } = await placeHeavy(server, cookie)
  const answered: number[] = []
  let version = 1
  for (let count = 0; count < times; count++) {
    const answer = await request(server, 'POST', `/api/orders/${order.id}/pay`, {
      cookie,
      body: { paid: count % 2 === 0, ifVersion: version },
    })
    if (answer.status !== 200) throw new Error(`Paying was refused: ${answer.status} ${JSON.stringify(answer.body)}`)
    version = answer.body.order.version
    answered.push(performance.now())
  }
  return answered
}

/** What waits for a line is bounded (`comanda_buffered_bytes`); V8 alone grows by 100 to 150 MB over a flood. */
const maxGrowthMb = 220

interface Fast {
  arrived: number[]
  close: () => void
  heard: Down[]
}

/** Somebody who reads, and notes when each event came. */
async function openFast(target: Target, cookie: string): Promise<Fast> {
  const socket = await openSocket(target, { cookie })
  const arrived: number[] = []
  socket.ws.on('message', (data) => String(data).includes('"order.paid"') && arrived.push(performance.now()))
  socket.hello([{ stream: 'counter:napoli' }])
  await socket.next('joined')
  return { arrived, close: socket.close, heard: socket.heard }
}

/** The longest time from a command's answer to the arrival of its event at another reader, ms. */
const worstDelay = (answered: number[], arrived: number[]) =>
  Math.max(...answered.map((at, index) => arrived[index]! - at))

/** Runs a flood past one reader that does not read, and reports that nobody else noticed. */
async function othersUnharmed(
  expect: ExpectStatic,
  open: (server: TestServer, cookie: string) => Promise<() => boolean>,
) {
  const server = await startServer()
  const cookie = await signIn(server)
  const fast = await openFast(server, cookie)
  const warm = await flood(server, cookie, 20)
  const before = residentMb(server.pid)
  const ended = await open(server, cookie)
  const answered = await flood(server, cookie, 120)
  // It has not kept up since before the end of the flood.
  const from = performance.now()
  expect(await figure(server, 'comanda_buffered_bytes')).toBeLessThan(1024 * 1024)
  await eventually(() => expect(ended()).toBe(true), 50_000)
  expect(performance.now() - from, 'ms until the slow one was gone').toBeLessThan(40_000)

  await eventually(() => expect(fast.arrived).toHaveLength(warm.length + answered.length))
  // Beside what it took on this machine before there was a slow one.
  const usual = worstDelay(warm, fast.arrived)
  expect(
    worstDelay(answered, fast.arrived.slice(warm.length)),
    'slowest delivery to somebody who reads, ms',
  ).toBeLessThan(1000 + 3 * Math.max(0, usual))
  expect(residentMb(server.pid) - before, 'growth of the server, MB').toBeLessThan(maxGrowthMb)
  fast.close()
  return { server, cookie }
}

describe.concurrent('readers that do not keep up', { timeout: 150_000 }, () => {
  it(
    '[SRV-3] [SRV-5] a WebSocket that never reads is bounded, and closed with 4501 after half a ' +
      'minute; the others never notice',
    async ({ expect }) => {
      let socket: TestSocket
      const { server } = await othersUnharmed(expect, async (server, cookie) => {
        socket = await openSocket(server, { cookie })
        socket.hello([{ stream: 'counter:napoli' }])
        await socket.next('joined')
        socket.ws.pause()
        const open = await figure(server, 'comanda_connections')
        let left = open
        const watch = setInterval(async () => {
          left = await figure(server, 'comanda_connections').catch(() => left)
        }, 500)
        return () => {
          if (left < open) clearInterval(watch)
          return left < open
        }
      })
      expect(await figure(server, 'comanda_slow_closes_total')).toBe(1)
      // What was on its way is read now, up to the close frame.
      socket!.ws.resume()
      expect((await socket!.closed).code).toBe(4501)
      await server.stop()
    },
  )

  it(
    '[SRV-3] [TRN-2] an SSE reader that never reads is closed with 4501 after 30 s, and continues ' +
      'from where it was',
    async ({ expect }) => {
      let response: IncomingMessage
      let text = ''
      let over = false
      const { server, cookie } = await othersUnharmed(expect, async (server, cookie) => {
        response = await new Promise<IncomingMessage>((resolve, reject) =>
          httpRequest(`${server.url}/api/streams/counter:napoli/sse`, { headers: { cookie } }, resolve)
            .on('error', reject)
            .end(),
        )
        response.pause()
        const watch = setInterval(async () => {
          if ((await figure(server, 'comanda_slow_closes_total').catch(() => 0)) === 0) return
          clearInterval(watch)
          over = true
        }, 200)
        return () => over
      })
      // What was on its way is read now, up to the last message.
      const ended = new Promise<void>((resolve) =>
        response
          .on('data', (chunk) => {
            text += chunk
          })
          .on('close', resolve)
          .on('error', () => resolve())
          .resume(),
      )
      await ended
      expect(text.slice(-200)).toContain('"kind":"bye","code":4501')
      const last = [...text.matchAll(/^id: (\S+)$/gm)].at(-1)![1]!
      const rest = await request(server, 'GET', `/api/streams/counter:napoli/events?after=${last}`, { cookie })
      expect(rest.status).toBe(200)
      expect(rest.body.events[0].position).toBe(Number(last.split(':')[1]) + 1)
      await server.stop()
    },
  )

  it('[SRV-3] [CLI-2] a line too slow for its events is closed, continues from where it was, and ends correct', async ({
    expect,
  }) => {
    const server = await startServer()
    const cookie = await signIn(server)
    const proxy = await startChaosProxy(server)
    const slow = openReader({ url: proxy.url }, 'counter:napoli', {
      cookie,
      direct: server,
      only: ['websocket'],
      random: () => 0.01,
    })
    await expectConverged(server, [slow], { cookie })
    await flood(server, cookie, 20)
    const { resets } = slow
    proxy.faults.bytesPerSecond = 60_000
    const before = residentMb(server.pid)
    await flood(server, cookie, 120)
    expect(await figure(server, 'comanda_buffered_bytes')).toBeLessThan(1024 * 1024)
    // By 4501 after 30 s, or earlier because the answer to a ping is stuck behind the other data.
    await eventually(async () => expect(await figure(server, 'comanda_connections')).toBe(0), 50_000)
    expect(residentMb(server.pid) - before, 'growth of the server, MB').toBeLessThan(maxGrowthMb)
    proxy.faults.bytesPerSecond = Infinity
    await expectConverged(server, [slow], { cookie, ms: 40_000 })
    expect(slow.resets).toBe(resets)
    slow.close()
    await proxy.stop()
    await server.stop()
  })
})
