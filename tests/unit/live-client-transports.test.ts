import { describe, expect, it } from 'vitest'
import { stream } from '../support/fake-server.ts'
import { openPage } from '../support/live-page.ts'

describe('transports', () => {
  it('[CLI-5] falls back to SSE after three tries, and says so', async () => {
    const { client, clock, faults, opened, page, server, status } = openPage()
    faults.dead.add('websocket')
    client.start()
    await clock.advance(10_000)
    expect(opened.map(({ transport }) => transport)).toEqual(['websocket', 'websocket', 'websocket', 'sse'])
    expect(status()).toEqual({ name: 'live', transport: 'sse' })
    server.write({ order: 'a', add: 3 })
    await clock.advance(100)
    expect(page.state).toEqual(server.state())
  })

  /** A page for which neither sockets nor server-sent events work. */
  async function polling(setup: Parameters<typeof openPage>[0] = {}) {
    const opened = openPage(setup)
    opened.faults.dead.add('websocket').add('sse')
    opened.client.start()
    await opened.clock.advance(60_000)
    expect(opened.status()).toEqual({ name: 'live', transport: 'polling' })
    return { ...opened, polls: () => opened.opened.filter(({ transport }) => transport === 'polling').length }
  }

  it('[CLI-5] then asks every 3 s for what has happened since its position', async () => {
    const { clock, page, server, polls } = await polling()
    server.write({ order: 'a', add: 3 })
    const asked = polls()
    await clock.advance(9_200)
    expect(polls() - asked).toBe(3)
    expect(page.applied).toEqual([2])
    expect(page.resets).toBe(0)
    expect(page.state).toEqual(server.state())
  })

  it('[CLI-5] asks at once for the rest of what does not fit into one answer', async () => {
    const { clock, page, server, polls, status } = await polling()
    for (let add = 0; add < 500; add++) server.write({ order: 'a', add })
    const asked = polls()
    await clock.advance(3_200)
    expect(polls() - asked).toBe(2)
    expect(page.state).toEqual(server.state())
    expect(status()).toEqual({ name: 'live', transport: 'polling' })
    expect(page.resets).toBe(0)
  })

  it('[CLI-5] takes a snapshot only where the log cannot be read from there', async () => {
    const { clock, page, server } = await polling()
    for (let add = 0; add < 5; add++) server.write({ order: 'a', add })
    server.retain(2)
    await clock.advance(3_200)
    expect(page.resets).toBe(1)
    expect(page.state).toEqual(server.state())
    server.restore(3, 'told')
    await clock.advance(3_200)
    expect(page.resets).toBe(2)
    expect(page.state).toEqual(server.state())
    server.write({ order: 'b', add: 1 })
    await clock.advance(3_200)
    expect(page.resets).toBe(2)
    expect(page.applied).toEqual([4])
    expect(page.state).toEqual(server.state())
  })

  it('[CLI-5] takes a snapshot at once when an event could not be applied', async () => {
    const { clock, page, server } = await polling()
    page.breakNext = true
    server.write({ order: 'a', add: 3 })
    await clock.advance(3_200)
    expect(page.resets).toBe(1)
    expect(page.state).toEqual(server.state())
  })

  it('[CLI-8] hears of a newer build also where it polls', async () => {
    const { clock, page, server } = await polling({ build: 'build1' })
    server.deploy('build2')
    await clock.advance(3_200)
    expect(page.builds).toEqual(['build2'])
  })

  it('[CLI-5] tries WebSocket every minute without dropping what works, and climbs back', async () => {
    const { client, clock, faults, opened, server, status, page } = openPage()
    faults.dead.add('websocket')
    client.start()
    await clock.advance(150_000)
    const tries = opened.filter(({ transport }) => transport === 'websocket')
    expect(tries.length).toBe(5)
    expect(page.statuses.filter(({ name }) => name === 'live')).toHaveLength(1)
    expect(opened.filter(({ transport }) => transport === 'sse')).toHaveLength(1)
    faults.dead.clear()
    await clock.advance(61_000)
    expect(status()).toEqual({ name: 'live', transport: 'websocket' })
    expect(server.connections()).toEqual(['websocket'])
    server.write({ order: 'a', add: 3 })
    await clock.advance(100)
    expect(page.applied).toEqual([2])
  })

  it('[CLI-5] comes back to WebSocket within seconds of an outage, when it had worked before', async () => {
    const { live, clock, faults, server, status } = openPage()
    await live()
    faults.dead.add('websocket')
    server.cut(1006)
    await clock.advance(15_000)
    expect(status()).toEqual({ name: 'live', transport: 'sse' })
    faults.dead.clear()
    await clock.advance(61_000)
    expect(status()).toEqual({ name: 'live', transport: 'websocket' })
  })

  it('[CLI-5] goes through all transports again while nothing works', async () => {
    const { client, clock, faults, opened, status } = openPage()
    faults.dead.add('websocket').add('sse')
    faults.snapshotStatus = 0
    client.start()
    await clock.advance(300_000)
    faults.dead.clear()
    faults.snapshotStatus = null
    await clock.advance(30_000)
    expect(status().name).toBe('live')
    expect(new Set(opened.slice(0, 9).map(({ transport }) => transport))).toEqual(
      new Set(['websocket', 'sse', 'polling']),
    )
  })

  it('[CLI-5] a signed-out page learns it from the last resort too', async () => {
    const { client, clock, faults, status } = openPage()
    faults.dead.add('websocket').add('sse')
    faults.snapshotStatus = 401
    client.start()
    await clock.advance(60_000)
    expect(status()).toEqual({ name: 'stopped', code: 4401 })
  })
})

describe('status', () => {
  it('[CLI-6] says live only when welcomed and caught up', async () => {
    const { client, clock, server, page } = openPage()
    for (let add = 0; add < 20; add++) server.write({ order: 'a', add })
    client.start()
    await clock.advance(200)
    expect(page.statuses.map(({ name }) => name)).toEqual(['connecting', 'catching-up', 'live'])
  })

  it('[CLI-6] knows when the server was last heard, so that a page can say "as of"', async () => {
    const { live, clock, client, faults } = openPage()
    await live()
    await clock.advance(15_000)
    faults.black = true
    const since = clock.now()
    await clock.advance(20_000)
    expect(client.confirmedAt()).toBeLessThanOrEqual(since)
    expect(client.confirmedAt()).toBeGreaterThan(since - 12_000)
  })
})

describe('reports of a screen', () => {
  const report = {
    audio: 'armed',
    wakeLock: true,
    visible: true,
    fullscreen: true,
    page: '1/1',
    build: 'b',
    transport: '',
  } as const

  it('[DSP-1] says what was shown over the socket, only the latest, and again after a reconnect', async () => {
    const { live, clock, client, server } = openPage({ device: 'device-123' })
    await live()
    for (let add = 0; add < 30; add++) server.write({ order: 'a', add })
    await clock.advance(100)
    for (let position = 2; position <= 31; position++) client.shown(position)
    client.report(report)
    await clock.advance(1_000)
    const said = server.heard.filter(({ kind }) => kind === 'shown')
    expect(said.length).toBeLessThan(4)
    expect(said.at(-1)).toEqual({ kind: 'shown', stream, position: 31 })
    expect(server.heard.at(0)).toMatchObject({ kind: 'hello', device: 'device-123' })
    server.heard.length = 0
    server.cut(1006)
    await clock.advance(5_000)
    expect(server.heard.filter(({ kind }) => kind !== 'hello')).toEqual([
      { kind: 'shown', stream, position: 31 },
      { kind: 'report', ...report },
    ])
  })

  it('[DSP-4] names what was painted, each order once per connection, in messages of 200', async () => {
    const { live, clock, client, server } = openPage({ device: 'device-123' })
    await live()
    const said = () => server.heard.flatMap((message) => (message.kind === 'shown' ? [message] : []))
    const named = () => said().flatMap(({ orders }) => orders ?? [])
    const many = Array.from({ length: 450 }, (_, at) => `order-${at}`)
    const duty = { station: 'pizza', share: 'all', categories: [] } as const
    client.shown(1, { orders: many, duty: { ...duty, categories: [] } })
    client.shown(1, { orders: many, duty: { ...duty, categories: [] } })
    await clock.advance(2_000)
    expect(said()).toHaveLength(3)
    expect(said()[0]).toMatchObject({ position: 1, duty })
    expect(named().sort()).toEqual([...many].sort())
    // An order that comes later is named alone, also while the position does not change.
    client.shown(1, { orders: [...many, 'late'], duty: { ...duty, categories: [] } })
    await clock.advance(1_000)
    expect(named().slice(450)).toEqual(['late'])
    server.heard.length = 0
    server.cut(1006)
    await clock.advance(8_000)
    expect(new Set(named())).toEqual(new Set([...many, 'late']))
    // Another duty proves other lines, so everything is named again.
    server.heard.length = 0
    client.shown(1, { orders: many, duty: { ...duty, station: 'sides', categories: [] } })
    await clock.advance(2_000)
    expect(named()).toHaveLength(450)
  })

  it('[DSP-1] posts it where there is no socket, until it is accepted', async () => {
    const { client, clock, faults, posts } = openPage({ device: 'device-123' })
    faults.dead.add('websocket').add('sse')
    client.start()
    await clock.advance(40_000)
    faults.postFails = true
    client.shown(1)
    client.report(report)
    await clock.advance(10_000)
    expect(posts).toEqual([])
    faults.postFails = false
    await clock.advance(10_000)
    expect(posts).toHaveLength(2)
    expect(posts).toContainEqual({ name: 'shown', body: { position: 1, device: 'device-123' } })
    expect(posts).toContainEqual({ name: 'report', body: { ...report, device: 'device-123' } })
  })

  it('[DSP-1] never reports more as shown than has arrived, nor a position of another log', async () => {
    const { live, clock, client, server } = openPage({ device: 'device-123' })
    await live()
    client.shown(99)
    client.shown(1)
    await clock.advance(1_000)
    expect(server.heard.filter(({ kind }) => kind === 'shown')).toEqual([{ kind: 'shown', stream, position: 1 }])
    server.heard.length = 0
    server.restore(0)
    await clock.advance(10_000)
    expect(server.heard.filter(({ kind }) => kind === 'shown')).toEqual([])
  })
})
