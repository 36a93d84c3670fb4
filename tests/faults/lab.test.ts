import { afterAll, describe, expect, it } from 'vitest'
import type { Snapshot, WireEvent } from '../../shared/live/messages.ts'
import { codeOf, placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { noRedis, startRedis } from '../support/redis.ts'
import { setupToken } from '../support/every-route.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openSse } from '../support/sse.ts'
import { until } from '../support/until.ts'

const server = await startServer({ env: { COMANDA_LOG: 'warn', COMANDA_SETUP_TOKEN: setupToken } })
afterAll(() => server.stop())
const cookie = await signIn(server)
const act = (name: string) =>
  until(async () => {
    const answer = await request(server, 'POST', '/api/lab', { body: { act: name } })
    return answer.status === 429 ? null : answer
  })
const board = async () => (await snapshot(server, 'board:napoli')).body as Snapshot

/** Listens to what is published without a log. */
async function listen(target: TestServer = server) {
  const over = new AbortController()
  const answer = await fetch(`${target.url}/api/lab/wire`, { signal: over.signal })
  const heard: { name: string; data: WireEvent }[] = []
  let text = ''
  void (async () => {
    for await (const part of answer.body!) {
      text += Buffer.from(part as Uint8Array).toString()
      const lines = text.split('\n\n')
      text = lines.pop()!
      for (const line of lines)
        if (line.startsWith('data: ')) heard.push(JSON.parse(line.slice(6)) as (typeof heard)[number])
    }
  })().catch(() => {})
  await until(() => heard.some(({ name }) => name === 'heartbeat'))
  return {
    heard,
    positions: () => heard.filter(({ name }) => name === 'event').map(({ data }) => data.position),
    close: () => over.abort(),
  }
}

describe('the laboratory', { timeout: 60_000 }, () => {
  it('[LAB-1] is there in the demo alone', async () => {
    expect((await request(server, 'GET', '/lab')).status).toBe(200)
    expect((await request(server, 'GET', '/api/lab')).body).toMatchObject({ stream: 'board:napoli', redis: false })
    const shop = await startServer({ env: { COMANDA_LOG: 'warn', COMANDA_DEMO: '', COMANDA_DEMO_PIN: '' } })
    try {
      expect((await request(shop, 'GET', '/lab')).status).toBe(404)
      for (const [method, path] of [
        ['GET', '/api/lab'],
        ['GET', '/api/lab/wire'],
        ['POST', '/api/lab'],
      ] as const)
        expect(codeOf(await request(shop, method, path, method === 'POST' ? { body: { act: 'epoch' } } : {}))).toBe(
          '404 request.not_found',
        )
    } finally {
      await shop.stop()
    }
  })

  it('[LAB-3] what is published comes to who listens now, once, and to nobody else', async () => {
    await placeOrder(server)
    const wire = await listen()
    const { position: before } = await board()
    await placeOrder(server)
    await until(() => wire.positions().length > 0)
    wire.close()
    await placeOrder(server)
    const again = await listen()
    await placeOrder(server)
    await until(() => again.positions().length > 0)
    const missed = (await board()).position - 1
    expect([...wire.positions(), ...again.positions()]).not.toContain(missed)
    expect(Math.min(...wire.positions())).toBe(before + 1)
    again.close()
  })

  it('[LAB-4] [SRV-4] a lost doorbell: who reads the log hears of it within a second, the others never', async () => {
    const wire = await listen()
    const { epoch, position } = await board()
    const sse = await openSse(server, 'board:napoli', { after: `${epoch}:${position}` })
    await act('doorbell')
    await placeOrder(server)
    await sse.next('event', (event) => event.position === position + 1)
    await placeOrder(server)
    await until(() => wire.positions().includes(position + 2))
    expect(wire.positions()).not.toContain(position + 1)
    wire.close()
    sse.close()
  })

  it('[LAB-4] a new epoch: old cursors are of no use, and positions go on', async () => {
    const before = await board()
    const sse = await openSse(server, 'board:napoli', { after: `${before.epoch}:${before.position}` })
    expect((await act('epoch')).status).toBe(200)
    await sse.ended
    const after = await board()
    expect(after.epoch).not.toBe(before.epoch)
    expect(after.position).toBe(before.position)
    const old = `/api/streams/board:napoli/events?after=${before.epoch}:${before.position}`
    expect(codeOf(await request(server, 'GET', old))).toBe('410 stream.cursor')
  })

  it('[LAB-4] orders marked TEST arrive until they are told to rest; a rehearsal of the staff goes on', async () => {
    const rehearsal = '/api/pizzerias/napoli/rehearsal'
    await act('orders')
    expect((await request(server, 'GET', '/api/lab')).body.orders.running).toBe(true)
    const entries = async () => ((await board()).state as { entries: { test: boolean }[] }).entries
    await until(async () => (await entries()).some(({ test }) => test))
    await act('rest')
    expect((await request(server, 'GET', '/api/lab')).body.orders.running).toBe(false)
    await request(server, 'POST', rehearsal, { cookie, body: { minutes: 2 } })
    await act('orders')
    await act('rest')
    expect((await request(server, 'GET', rehearsal, { cookie })).body.running).toBe(true)
    await request(server, 'DELETE', rehearsal, { cookie })
  })

  it('[LAB-4] no new epoch where there is another pizzeria', async () => {
    const copy = { id: 'mimmo', name: 'Da Mimmo', pin: '314159' }
    expect((await request(server, 'POST', '/api/pizzerias/napoli/copies', { cookie, body: copy })).status).toBe(201)
    const { epoch } = await board()
    expect(codeOf(await act('epoch'))).toBe('404 request.not_found')
    expect((await board()).epoch).toBe(epoch)
  })
})

describe.skipIf(noRedis)('the laboratory beside Redis', { timeout: 60_000 }, () => {
  it('[LAB-3] what is published goes through Redis', async () => {
    const redis = await startRedis()
    const node = await startServer({ env: { COMANDA_LOG: 'warn', REDIS_URL: redis.url } })
    try {
      expect((await request(node, 'GET', '/api/lab')).body.redis).toBe(true)
      const wire = await listen(node)
      // The first listener opens the line to Redis.
      await until(async () => {
        await placeOrder(node, {}, { cookie: await signIn(node) })
        return wire.positions().length > 0
      })
      wire.close()
    } finally {
      await node.stop()
      await redis.dispose()
    }
  })
})
