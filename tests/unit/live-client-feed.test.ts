import { describe, expect, it } from 'vitest'
import { openPage } from '../support/live-page.ts'
import { maxMissing, stream } from '../support/fake-server.ts'

describe('order of events', () => {
  it('[CLI-1] continues from the position that the page was rendered with, without another snapshot', async () => {
    const { live, server, page, status } = openPage()
    server.write({ order: 'b', add: 2 })
    await live()
    expect(server.hellos).toMatchObject([{ streams: [{ stream, after: 'epoch1:1' }] }])
    expect(status()).toEqual({ name: 'live', transport: 'websocket' })
    expect(page.resets).toBe(0)
    expect(page.applied).toEqual([2])
    expect(page.state).toEqual(server.state())
  })

  it('[CLI-1] takes the snapshot first when the page has none', async () => {
    const { live, page, server, status } = openPage({ bare: true })
    await live()
    expect(page.resets).toBe(1)
    expect(page.state).toEqual(server.state())
    expect(status().name).toBe('live')
  })

  it('[CLI-2] applies the next event, drops old and doubled ones', async () => {
    const { live, server, page, faults, clock } = openPage()
    await live()
    faults.double = 1
    for (let add = 0; add < 5; add++) server.write({ order: 'a', add })
    await clock.advance(100)
    expect(page.applied).toEqual([2, 3, 4, 5, 6])
    expect(page.state).toEqual(server.state())
  })

  it('[CLI-2] keeps later events aside and pulls what is missing', async () => {
    const { live, server, page, faults, clock, status } = openPage()
    await live()
    faults.lose = 1
    server.write({ order: 'a', add: 2 })
    faults.lose = 0
    server.write({ order: 'a', add: 3 })
    await clock.advance(15)
    expect(page.applied).toEqual([])
    expect(status().name).toBe('catching-up')
    await clock.advance(100)
    expect(server.heard.filter(({ kind }) => kind === 'pull')).toEqual([{ kind: 'pull', stream, after: 'epoch1:1' }])
    expect(page.applied).toEqual([2, 3])
    expect(page.resets).toBe(0)
    expect(status().name).toBe('live')
  })

  it('[CLI-2] takes a snapshot when the pull brings nothing, and joins again on the same connection', async () => {
    const { live, server, page, faults, clock, opened, status } = openPage()
    await live()
    faults.lose = 1
    server.write({ order: 'a', add: 2 })
    faults.lose = 0
    server.write({ order: 'a', add: 3 })
    await clock.advance(11)
    faults.lose = 1
    await clock.advance(2_900)
    faults.lose = 0
    await clock.advance(500)
    expect(page.resets).toBe(1)
    expect(page.state).toEqual(server.state())
    expect(opened.filter(({ transport }) => transport === 'websocket')).toHaveLength(1)
    server.write({ order: 'a', add: 4 })
    await clock.advance(100)
    expect(page.state).toEqual(server.state())
    expect(status().name).toBe('live')
  })

  it('[CLI-2] never keeps more than 200 aside: a snapshot is smaller', async () => {
    const { live, server, page, faults, clock } = openPage()
    await live()
    faults.lose = 1
    server.write({ order: 'a', add: 2 })
    faults.lose = 0
    for (let add = 0; add < 250; add++) server.write({ order: 'a', add })
    faults.lose = 1
    await clock.advance(11)
    faults.lose = 0
    await clock.advance(500)
    expect(page.resets).toBe(1)
    expect(page.state).toEqual(server.state())
  })

  it('[CLI-2] opens SSE again from the cursor when events are missing', async () => {
    const { live, server, page, faults, clock, opened, status } = openPage()
    faults.dead.add('websocket')
    await live()
    await clock.advance(30_000)
    expect(status()).toEqual({ name: 'live', transport: 'sse' })
    const before = opened.filter(({ transport }) => transport === 'sse').length
    faults.lose = 1
    server.write({ order: 'a', add: 2 })
    faults.lose = 0
    server.write({ order: 'a', add: 3 })
    await clock.advance(100)
    expect(opened.filter(({ transport }) => transport === 'sse')).toHaveLength(before + 1)
    expect(page.state).toEqual(server.state())
    expect(page.resets).toBe(0)
  })

  it.each(['epoch', 'old', 'many'] as const)('[MSG-3] takes a snapshot when told to resync: %s', async (reason) => {
    const { live, server, page, clock, status } = openPage()
    for (let add = 0; add <= maxMissing; add++) server.write({ order: 'a', add })
    if (reason === 'epoch') server.restore(3)
    if (reason === 'old') server.retain(10)
    await live()
    await clock.advance(500)
    expect(page.resets).toBe(1)
    expect(page.state).toEqual(server.state())
    expect(page.at).toEqual({ epoch: server.epoch(), position: server.head() })
    expect(status().name).toBe('live')
  })

  it('[MSG-3] follows to another log on the same connection', async () => {
    const { live, server, page, clock, opened, status } = openPage()
    for (let add = 0; add < 5; add++) server.write({ order: 'a', add })
    await live()
    server.restore(3, 'told')
    await clock.advance(500)
    expect(status().name).toBe('live')
    server.write({ order: 'a', add: 7 })
    await clock.advance(500)
    expect(page.at).toEqual({ epoch: 'epoch2', position: 4 })
    expect(page.state).toEqual(server.state())
    expect(opened.filter(({ transport }) => transport === 'websocket')).toHaveLength(1)
  })

  it('[MSG-3] tries the snapshot again until there is one, and is not live before', async () => {
    const { live, server, page, clock, faults, status } = openPage()
    await live()
    faults.snapshotStatus = 503
    server.say({ kind: 'resync', stream, reason: 'many' })
    await clock.advance(20_000)
    expect(status().name).toBe('catching-up')
    faults.snapshotStatus = null
    await clock.advance(20_000)
    expect(page.resets).toBe(1)
    expect(status().name).toBe('live')
  })

  it('[SRV-8] a heartbeat shows what was lost on a connection that lives', async () => {
    const { live, server, page, faults, clock } = openPage()
    await live()
    faults.lose = 1
    server.write({ order: 'a', add: 2 })
    faults.lose = 0
    await clock.advance(12_000)
    expect(page.state).toEqual(server.state())
    expect(page.resets).toBe(0)
  })

  it('[STR-5] an event with nothing to see only moves the position', async () => {
    const { live, server, page, clock, client } = openPage()
    await live()
    const before = page.state
    server.write({ order: 'a', add: 2 }, false)
    await clock.advance(100)
    expect(page.state).toBe(before)
    expect(client.position()).toBe(2)
  })

  it('[CLI-2] a store that throws gets a fresh snapshot, and the feed continues', async () => {
    const { live, server, page, clock, status } = openPage()
    await live()
    page.breakNext = true
    server.write({ order: 'a', add: 2 })
    await clock.advance(500)
    expect(page.faults).toHaveLength(1)
    expect(page.resets).toBe(1)
    expect(page.state).toEqual(server.state())
    expect(status().name).toBe('live')
  })
})
