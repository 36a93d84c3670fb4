import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../shared/live/messages.ts'
import { codeOf, move, placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openSocket, type TestSocket } from '../support/socket.ts'
import { openSse, type TestSse } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { eventually, openDatabase } from '../support/watching.ts'

let server: TestServer
let staff: string
beforeAll(async () => {
  server = await startServer({ env: { COMANDA_LOG: 'warn', COMANDA_SOCKETS_PER_ADDRESS: '20' } })
  staff = await signIn(server)
})
afterAll(() => server.stop())

describe('live connections', () => {
  const open: (TestSocket | TestSse)[] = []
  afterAll(() => open.forEach((line) => line.close()))

  it('[BDG-8] of strangers are counted alike, socket or SSE, and never shut out people who are signed in', async () => {
    for (let line = 0; line < 10; line++) {
      open.push(await openSse(server, 'board:napoli'))
      const socket = await openSocket(server)
      socket.hello([{ stream: 'board:napoli' }])
      await socket.next('joined')
      open.push(socket)
    }
    expect((await (await openSocket(server)).closed).code).toBe(4503)
    const refused = await request(server, 'GET', '/api/streams/board:napoli/sse')
    expect([codeOf(refused), Number(refused.headers.get('retry-after'))]).toEqual(['429 server.limit', 5])

    const kitchen = await openSocket(server, { cookie: staff })
    kitchen.hello([{ stream: 'kitchen:napoli' }])
    await kitchen.next('joined')
    const counter = await openSse(server, 'counter:napoli', { cookie: staff })
    expect((await counter.next('joined')).stream).toBe('counter:napoli')
    open.push(kitchen, counter)
  })

  it('[BDG-8] give their room back when they end', async () => {
    open[0]!.close()
    await eventually(async () => {
      const again = await openSse(server, 'board:napoli')
      again.close()
      expect(again.status).toBe(200)
    })
  })
})

describe('the past of a public stream', () => {
  it('[BDG-7] names nobody who has left the board', async () => {
    const { epoch, position } = (await snapshot(server, 'board:napoli')).body as Snapshot
    const stays = await placeOrder(server, { customer: { name: 'Zenobia' } })
    const left = await placeOrder(server, { customer: { name: 'Quirin' } })
    await move(server, staff, left.order, 'ready')
    await move(server, staff, { ...left.order, version: 2 }, 'collected', { confirmUnpaid: true })
    const after = `${epoch}:${position}`

    const log = (await request(server, 'GET', `/api/streams/board:napoli/events?after=${after}`)).body
    const socket = await openSocket(server, { cookie: staff })
    socket.hello([{ stream: 'board:napoli', after }])
    await socket.next('event', (event) => event.order === left.order.id && event.version === 3)
    const sse = await openSse(server, 'board:napoli', { lastEventId: after, cookie: staff })
    await sse.next('event', (event) => event.order === left.order.id && event.version === 3)
    for (const heard of [log.events, socket.heard, sse.heard]) {
      expect(JSON.stringify(heard)).toContain('Zenobia')
      expect(JSON.stringify(heard)).not.toContain('Quirin')
      const told = (heard as { order?: string; data?: unknown }[]).filter((event) => event.order === left.order.id)
      expect(told.at(-1)!.data).toMatchObject({ name: '', readyAt: null, state: 'collected', version: 3 })
    }
    expect(stays.order.state).toBe('queued')
    socket.close()
    sse.close()
  })

  it('[BDG-7] is read by a stranger within the budget, then a snapshot is due; by staff always', async () => {
    const { epoch } = (await snapshot(server, 'board:napoli')).body as Snapshot
    const database = openDatabase(server.databaseFile)
    database.run(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 4990)
      insert into events (pizzeria, position, id, subject, version, type, at, actor, data)
      select id, position + i, 'grown' || i, 'kitchen', i, 'kitchen.ring', unixepoch() * 1000, 'kitchen', '{}'
      from pizzerias, n`)
    database.run('update pizzerias set position = position + 4990')
    const [{ position } = { position: 0 }] = database.all<{ position: number }>('select position from pizzerias')
    database.close()
    await eventually(async () =>
      expect(((await snapshot(server, 'board:napoli')).body as Snapshot).position).toBe(position),
    )
    const after = `${epoch}:${position - 4980}`
    const hello = async (cookie?: string) => {
      const socket = await openSocket(server, cookie ? { cookie } : {})
      socket.hello([{ stream: 'board:napoli', after }])
      const answer = await until(() => socket.heard.find(({ kind }) => kind === 'joined' || kind === 'resync'))
      socket.close()
      return answer.kind
    }
    const answers: string[] = []
    for (let times = 0; times < 6; times++) answers.push(await hello())
    expect(answers.slice(0, 3)).toEqual(['joined', 'joined', 'joined'])
    expect(answers.at(-1)).toBe('resync')
    expect(await hello(staff)).toBe('joined')
  })
})

describe('a cookie sent from another site', () => {
  const as = (site: string) => ({ cookie: staff, 'sec-fetch-site': site })
  const ask = async (method: string, path: string, headers: Record<string, string>) => {
    const answer = await fetch(`${server.url}${path}`, { method, headers })
    await answer.arrayBuffer()
    return answer.status
  }

  it('[SRV-11] opens nothing without an Origin, whatever the method', async () => {
    for (const site of ['cross-site', 'same-site'])
      for (const [method, path] of [
        ['POST', '/api/pizzerias/napoli/ring'],
        ['PATCH', '/api/pizzerias/napoli'],
        ['PUT', '/api/pizzerias/napoli'],
        ['DELETE', '/api/pizzerias/napoli/rehearsal'],
        ['GET', '/api/streams/counter:napoli'],
        ['HEAD', '/api/streams/counter:napoli'],
        ['GET', '/api/streams/kitchen:napoli/sse'],
      ] as const)
        expect([method, path, await ask(method, path, as(site))]).toEqual([method, path, 403])
  })

  it('[SRV-11] works from our own pages, and for programs that send no such header', async () => {
    for (const site of ['same-origin', 'none'])
      expect(await ask('POST', '/api/pizzerias/napoli/ring', as(site))).toBe(200)
    expect(await ask('POST', '/api/pizzerias/napoli/ring', { cookie: staff })).toBe(200)
    expect(await ask('GET', '/napoli', as('cross-site'))).toBe(200)
  })
})
