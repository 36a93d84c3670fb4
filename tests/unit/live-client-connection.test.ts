import { describe, expect, it } from 'vitest'
import { openPage } from '../support/live-page.ts'

const day = 24 * 60 * 60 * 1000

describe('liveness', () => {
  it('[CLI-3] reconnects after 25 s of silence', async () => {
    const { live, faults, clock, page, opened, status } = openPage()
    await live()
    faults.black = true
    await clock.advance(24_000)
    expect(status().name).toBe('live')
    await clock.advance(2_000)
    expect(page.statuses).toContainEqual(expect.objectContaining({ name: 'waiting', reason: 'silent' }))
    faults.black = false
    await clock.advance(12_000)
    expect(status()).toEqual({ name: 'live', transport: 'websocket' })
    expect(opened.length).toBeLessThan(4)
  })

  it('[CLI-3] checks the connection after a wake: without a pong within 3 s it is replaced', async () => {
    const { live, faults, clock, client, status } = openPage()
    await live()
    faults.black = true
    client.wake()
    client.wake()
    await clock.advance(2_900)
    expect(status().name).toBe('live')
    await clock.advance(200)
    expect(status().name).toBe('waiting')
  })

  it('[CLI-3] keeps a connection that answers after the wake', async () => {
    const { live, clock, client, opened } = openPage()
    await live()
    client.wake()
    await clock.advance(10_000)
    expect(opened).toHaveLength(1)
  })

  it('[CLI-3] comes back from ten minutes of sleep, although no timer ran', async () => {
    const { live, server, page, clock, client, status } = openPage()
    await live()
    clock.sleep(10 * 60 * 1000)
    server.cut(1006)
    server.write({ order: 'a', add: 5 })
    client.wake()
    await clock.advance(3_000)
    expect(status().name).toBe('live')
    expect(page.state).toEqual(server.state())
  })

  it('[CLI-3] checks the connection when the clock was set back an hour', async () => {
    const { live, faults, clock, skew, status } = openPage()
    await live()
    faults.black = true
    skew.ms -= 60 * 60 * 1000
    await clock.advance(30_000)
    expect(status().name).not.toBe('live')
  })

  it('[CLI-7] orphaned sockets change nothing, whatever they still send', async () => {
    const { live, server, page, faults, clock, client } = openPage()
    await live()
    faults.delay = 60_000
    for (let add = 0; add < 5; add++) server.write({ order: 'a', add })
    client.dispose()
    await clock.advance(120_000)
    expect(page.applied).toEqual([])
    expect(clock.pending()).toBe(0)
  })
})

describe('reconnecting', () => {
  it('[CLI-4] waits a random time, at most 1 s, 2 s, 4 s, 8 s', async () => {
    const { client, faults, clock, page, opened } = openPage({ random: () => 0.999 })
    for (const transport of ['websocket', 'sse'] as const) faults.dead.add(transport)
    faults.snapshotStatus = 0
    client.start()
    await clock.advance(120_000)
    const attempts = page.statuses.flatMap((status) => (status.name === 'waiting' ? [status.attempt] : []))
    expect(attempts.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6])
    // From one try to the next, to the second: opening takes a moment too.
    const waits = opened.slice(1).map(({ at }, index) => Math.round((at - opened[index]!.at) / 1000))
    expect(waits.slice(0, 6)).toEqual([1, 2, 4, 8, 8, 8])
  })

  it('[CLI-4] counts a connection only after its welcome, within 8 s', async () => {
    const { client, faults, clock, status } = openPage()
    faults.black = true
    client.start()
    await clock.advance(7_900)
    expect(status()).toEqual({ name: 'connecting', transport: 'websocket', attempt: 0 })
    await clock.advance(200)
    expect(status()).toMatchObject({ name: 'waiting', attempt: 1, reason: 'no welcome' })
  })

  it('[CLI-4] comes back when the server said, not before, and nothing shortens the wait', async () => {
    const { live, server, clock, client, status, opened } = openPage()
    await live()
    server.cut(1012, 4_000)
    await clock.advance(50)
    expect(status()).toMatchObject({ name: 'waiting', reason: 'bye' })
    client.wake()
    client.online()
    await clock.advance(3_900)
    expect(opened).toHaveLength(1)
    await clock.advance(200)
    expect(status().name).toBe('live')
  })

  it('[CLI-4] does not loop around a server that says bye at once', async () => {
    const { live, server, clock, opened } = openPage()
    await live()
    for (let second = 0; second < 600; second++) {
      server.cut(1012, 0)
      await clock.advance(100)
    }
    expect(opened.length).toBeLessThan(60)
  })

  it('[CLI-4] tries within 300 ms when the network is back', async () => {
    const { client, faults, clock, status } = openPage({ random: () => 0.999 })
    for (const transport of ['websocket', 'sse'] as const) faults.dead.add(transport)
    faults.snapshotStatus = 0
    client.start()
    await clock.advance(60_000)
    while (status().name !== 'waiting') await clock.advance(50)
    faults.dead.clear()
    faults.snapshotStatus = null
    client.online()
    await clock.advance(400)
    expect(status().name).toBe('live')
  })

  it('[CLI-4] forgets its failures after 10 s of a stable connection', async () => {
    const { live, server, clock, page } = openPage()
    await live()
    server.cut(1006)
    await clock.advance(3_000)
    server.cut(1006)
    await clock.advance(15_000)
    server.cut(1006)
    await clock.advance(5_000)
    expect(page.statuses.flatMap((status) => (status.name === 'waiting' ? [status.attempt] : []))).toEqual([1, 2, 1])
  })

  it.each([4400, 4401, 4403, 4404, 4408, 4409, 4426, 1008])('[CLI-4] stops for good on %i', async (code) => {
    const { live, server, clock, status, opened } = openPage()
    await live()
    server.cut(code)
    await clock.advance(300_000)
    expect(status()).toEqual({ name: 'stopped', code })
    expect(opened).toHaveLength(1)
    expect(clock.pending()).toBe(0)
  })

  it.each([
    [401, 4401],
    [403, 4403],
    [404, 4404],
  ])('[CLI-4] stops with %i when a snapshot is refused with %i, until it is started again', async (http, code) => {
    const { live, faults, clock, client, status } = openPage({ bare: true })
    faults.snapshotStatus = http
    await live()
    expect(status()).toEqual({ name: 'stopped', code })
    faults.snapshotStatus = null
    client.start()
    await clock.advance(100)
    expect(status().name).toBe('live')
  })
})

describe('clock', () => {
  it.each([-day, day])("[CLI-6] knows the server's time although its own is %i ms off", async (off) => {
    const { live, clock, client, page } = openPage({ clientSkew: off })
    await live()
    expect(Math.abs(client.serverNow() - clock.now())).toBeLessThan(20)
    expect(Math.abs(page.offset + off)).toBeLessThan(20)
    expect(Math.abs(client.confirmedAt() - clock.now())).toBeLessThan(200)
  })

  it('[CLI-6] notices within about a minute that its own clock was set', async () => {
    const { live, clock, client, skew } = openPage()
    await live()
    await clock.advance(30_000)
    skew.ms += 10_000
    await clock.advance(70_000)
    expect(Math.abs(client.serverNow() - clock.now())).toBeLessThan(100)
  })

  it('[SRV-8] reports once that the server runs another build', async () => {
    const { live, server, clock, page } = openPage({ build: 'build1' })
    await live()
    await clock.advance(20_000)
    expect(page.builds).toEqual([])
    server.deploy('build2')
    await clock.advance(30_000)
    expect(page.builds).toEqual(['build2'])
  })

  it('[CLI-8] ignores an older build: a rolling deployment answers from both', async () => {
    const { live, server, clock, page } = openPage({ build: '20261127101500-b' })
    server.deploy('20261127091500-z')
    await live()
    for (const build of ['20261127111500-a', '20261127091500-z', '20261127101500-b']) {
      server.deploy(build)
      await clock.advance(12_000)
    }
    expect(page.builds).toEqual(['20261127111500-a'])
  })
})
