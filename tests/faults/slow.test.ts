import { request as httpRequest, type IncomingMessage } from 'node:http'
import { describe, it, type ExpectStatic } from 'vitest'
import type { Down } from '../../shared/live/messages.ts'
import { startChaosProxy } from '../support/chaos-proxy.ts'
import { openReader } from '../support/live-reader.ts'
import { line, placeOrder, request, signIn, type Target } from '../support/orders.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openSocket } from '../support/socket.ts'
import { eventually, expectConverged, figure, residentMb } from '../support/watching.ts'

/** Lines enough that every change of the order is an event of about 20 KB at the counter. */
const note = 'As well done as it can be without being burnt, thank you very much, and see you on Sunday at the game. '.slice(0, 80)
const heavy = Array.from({ length: 20 }, () => line({ note, remove: ['basil'] }))

/** Pays and unpays a heavy order for as long as `more` says: hundreds of events, with the moment that each was answered. */
async function flood(server: TestServer, cookie: string, more: (count: number) => boolean) {
  const { order } = await placeOrder(server, { lines: heavy }, { cookie })
  const answered: number[] = []
  let version = 1
  for (let count = 0; more(count); count++) {
    const answer = await request(server, 'POST', `/api/orders/${order.id}/pay`, { cookie, body: { paid: count % 2 === 0, ifVersion: version } })
    if (answer.status !== 200) throw new Error(`Paying was refused: ${answer.status} ${JSON.stringify(answer.body)}`)
    version = answer.body.order.version
    answered.push(performance.now())
  }
  return answered
}

interface Fast { arrived: number[], close: () => void, heard: Down[] }

/** Somebody who reads, and notes when each event came. */
async function openFast(target: Target, cookie: string): Promise<Fast> {
  const socket = await openSocket(target, { cookie })
  const arrived: number[] = []
  socket.ws.on('message', data => String(data).includes('"order.paid"') && arrived.push(performance.now()))
  socket.hello([{ stream: 'counter:napoli' }])
  await socket.next('joined')
  return { arrived, close: socket.close, heard: socket.heard }
}

/** The slowest that another reader had an event after its command was answered, ms. */
const worstDelay = (answered: number[], arrived: number[]) => Math.max(...answered.map((at, index) => arrived[index]! - at))

/** Runs a flood past one reader that does not read, and says that nobody else noticed. */
async function othersUnharmed(expect: ExpectStatic, open: (server: TestServer, cookie: string) => Promise<() => boolean>) {
  const server = await startServer()
  const cookie = await signIn(server)
  const fast = await openFast(server, cookie)
  const warm = await flood(server, cookie, count => count < 40)
  const before = residentMb(server.pid)
  const ended = await open(server, cookie)
  const from = performance.now()
  const answered = await flood(server, cookie, count => count < 250)
  expect(await figure(server, 'comanda_buffered_bytes')).toBeLessThan(1024 * 1024)
  await eventually(() => expect(ended()).toBe(true), 50_000)
  expect(performance.now() - from, 'ms until the slow one was gone').toBeLessThan(50_000)

  await eventually(() => expect(fast.arrived).toHaveLength(warm.length + answered.length))
  expect(worstDelay(answered, fast.arrived.slice(warm.length)), 'slowest delivery to somebody who reads, ms').toBeLessThan(1000)
  expect(residentMb(server.pid) - before, 'growth of the server, MB').toBeLessThan(120)
  fast.close()
  return { server, cookie }
}

describe.concurrent('readers that do not keep up', { timeout: 150_000 }, () => {
  it('[SRV-3] [SRV-5] a WebSocket that never reads is bounded, and gone within half a minute; the others never notice', async ({ expect }) => {
    const { server } = await othersUnharmed(expect, async (server, cookie) => {
      const socket = await openSocket(server, { cookie })
      socket.hello([{ stream: 'counter:napoli' }])
      await socket.next('joined')
      socket.ws.pause()
      const open = await figure(server, 'comanda_connections')
      let left = open
      const watch = setInterval(async () => { left = await figure(server, 'comanda_connections').catch(() => left) }, 500)
      return () => {
        if (left < open) clearInterval(watch)
        return left < open
      }
    })
    await server.stop()
  })

  it('[SRV-3] [TRN-2] an SSE reader that never reads is closed with 4501 after 30 s, and goes on from where it was', async ({ expect }) => {
    let response: IncomingMessage
    let text = ''
    let over = false
    const { server, cookie } = await othersUnharmed(expect, async (server, cookie) => {
      response = await new Promise<IncomingMessage>((resolve, reject) =>
        httpRequest(`${server.url}/api/streams/counter:napoli/sse`, { headers: { cookie } }, resolve).on('error', reject).end())
      response.pause()
      const watch = setInterval(async () => {
        if (await figure(server, 'comanda_slow_closes_total').catch(() => 0) === 0) return
        clearInterval(watch)
        over = true
      }, 200)
      return () => over
    })
    // What was on its way is read now, to the last message.
    const ended = new Promise<void>(resolve => response.on('data', (chunk) => { text += chunk }).on('close', resolve).on('error', () => resolve()))
    await ended
    expect(text.slice(-200)).toContain('"kind":"bye","code":4501')
    const last = [...text.matchAll(/^id: (\S+)$/gm)].at(-1)![1]!
    const rest = await request(server, 'GET', `/api/streams/counter:napoli/events?after=${last}`, { cookie })
    expect(rest.status).toBe(200)
    expect(rest.body.events[0].position).toBe(Number(last.split(':')[1]) + 1)
    await server.stop()
  })

  it('[SRV-3] [CLI-2] a line slower than the flow is closed with 4501, resumes, and ends right', async ({ expect }) => {
    const server = await startServer()
    const cookie = await signIn(server)
    const proxy = await startChaosProxy(server)
    const slow = openReader({ url: proxy.url }, 'counter:napoli', { cookie, direct: server, only: ['websocket'], random: () => 0.01 })
    await expectConverged(server, [slow], { cookie })
    proxy.faults.bytesPerSecond = 60_000
    const before = residentMb(server.pid)
    const closed = () => slow.statuses.some(status => status.name === 'waiting' && status.reason === 'closed 4501')
    const from = performance.now()
    await flood(server, cookie, () => !closed() && performance.now() - from < 55_000)
    expect(slow.statuses.filter(({ name }) => name === 'waiting')).toContainEqual(expect.objectContaining({ reason: 'closed 4501' }))
    expect(residentMb(server.pid) - before, 'growth of the server, MB').toBeLessThan(150)
    proxy.faults.bytesPerSecond = Infinity
    await expectConverged(server, [slow], { cookie, ms: 30_000 })
    slow.close()
    await proxy.stop()
    await server.stop()
  })
})
