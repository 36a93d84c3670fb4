import { describe, expect, it } from 'vitest'
import { doubtAfterMs } from '../../shared/live/freshness.ts'
import { openPage } from '../support/live-page.ts'

const kinds = ['pusher', 'ably'] as const

describe.each(kinds)('a page with a carrier (%s)', (carrier) => {
  /** Live over the carrier. */
  async function carried() {
    const world = openPage({ carrier })
    await world.live()
    expect(world.status()).toEqual({ name: 'live', transport: 'websocket' })
    await world.clock.advance(20_000)
    expect(world.status()).toEqual({ name: 'live', transport: carrier })
    const write = async (add: number) => {
      world.server.write({ order: 'a', add })
      await world.clock.advance(1000)
    }
    const claimsLive = () =>
      world.status().name === 'live' && world.client.serverNow() - world.client.confirmedAt() < doubtAfterMs
    return { ...world, foreign: world.foreign!, write, claimsLive }
  }

  it('[CAR-6] has its own line first, climbs to the carrier without a gap, and lets its own line go', async () => {
    const { page, server, write } = await carried()
    expect(page.statuses.map(({ name }) => name)).toEqual(['connecting', 'catching-up', 'live', 'live'])
    expect(server.connections()).toEqual([])
    for (let add = 1; add <= 20; add++) await write(add)
    expect(page.state).toEqual(server.state())
    expect(page.resets).toBe(0)
  })

  it('[CAR-6] does not take a carrier through which nothing of ours comes', async () => {
    const { live, foreign, clock, status, page } = openPage({ carrier })
    foreign!.isPumped = false
    await live()
    await clock.advance(300_000)
    expect(status()).toEqual({ name: 'live', transport: 'websocket' })
    expect(page.statuses.filter(({ name }) => name === 'live')).toHaveLength(1)
  })

  it('[CAR-6] falls to its own line within a second when the carrier dies, and climbs back', async () => {
    const { foreign, faults, clock, status, server, page, write } = await carried()
    faults.dead.add(carrier)
    foreign.cut()
    await clock.advance(1_200)
    expect(status()).toEqual({ name: 'live', transport: 'websocket' })
    await write(5)
    faults.dead.clear()
    await clock.advance(80_000)
    expect(status()).toEqual({ name: 'live', transport: carrier })
    expect(page.state).toEqual(server.state())
    expect(page.resets).toBe(0)
  })

  it('[CAR-6] leaves a carrier that carries nothing of ours any more', async () => {
    const { foreign, clock, status } = await carried()
    foreign.isPumped = false
    await clock.advance(40_000)
    expect(status()).toEqual({ name: 'live', transport: 'websocket' })
  })

  it('[CAR-6] [CLI-6] claims nothing by what the carrier brings of a server that is dead', async () => {
    const { foreign, faults, clock, server, claimsLive } = await carried()
    const old = { now: server.now(), head: server.head(), epoch: server.epoch() }
    faults.dead.add('websocket').add('sse')
    faults.snapshotStatus = 0
    foreign.isPumped = false
    await clock.advance(doubtAfterMs + 1000)
    for (let second = 0; second < 40; second++) {
      foreign.publish('heartbeat', old)
      foreign.publish('event', {
        position: 1,
        type: 'order.moved',
        epoch: server.epoch(),
        data: { order: 'a', add: 1 },
      })
      await clock.advance(1000)
      expect(claimsLive()).toBe(false)
    }
  })

  it('[CAR-6] asks for what it is told by its position alone', async () => {
    const { foreign, clock, server, page } = await carried()
    server.outlets.clear()
    server.write({ order: 'a', add: 7 })
    foreign.publish('event', { position: server.head() })
    await clock.advance(500)
    expect(page.state).toEqual(server.state())
  })

  it('[CAR-6] waits 150 ms for what was only overtaken, and asks for what is lost', async () => {
    const { foreign, clock, server, page } = await carried()
    const asked = { count: 0 }
    const { eventsAfter } = server
    server.eventsAfter = (after) => {
      asked.count += 1
      return eventsAfter(after)
    }
    const events: object[] = []
    server.outlets.clear()
    server.outlets.add((event) => events.push({ ...event, epoch: server.epoch() }))
    for (let add = 1; add <= 4; add++) server.write({ order: 'b', add })
    const [first, second, third, fourth] = events as [object, object, object, object]
    foreign.publish('event', second)
    await clock.advance(100)
    foreign.publish('event', first)
    await clock.advance(1000)
    expect([asked.count, page.at.position]).toEqual([0, server.head() - 2])
    foreign.publish('event', fourth)
    await clock.advance(1000)
    expect([asked.count, page.at.position]).toEqual([1, server.head()])
    foreign.publish('event', third)
    await clock.advance(100)
    expect(page.state).toEqual(server.state())
  })

  it('[CAR-5] goes on under the new name when it is told that the channel has moved', async () => {
    const { foreign, clock, status, server, page, write } = await carried()
    const { length } = page.statuses
    foreign.rename()
    server.write({ order: 'a', add: 3 })
    await clock.advance(1000)
    await write(4)
    expect(page.state).toEqual(server.state())
    expect(status()).toEqual({ name: 'live', transport: carrier })
    expect(page.statuses).toHaveLength(length)
  })

  it.each([
    [401, 4401],
    [403, 4403],
  ])('[CAR-5] stops for good when it may not have the new name (%i)', async (refused, code) => {
    const { foreign, faults, clock, status } = await carried()
    faults.snapshotStatus = refused
    foreign.rename()
    await clock.advance(1000)
    expect(status()).toEqual({ name: 'stopped', code })
  })

  it('[CAR-6] takes a snapshot when the log is another one', async () => {
    const { server, clock, page } = await carried()
    server.restore(1, 'told')
    await clock.advance(12_000)
    server.write({ order: 'c', add: 2 })
    await clock.advance(2000)
    expect(page.at).toEqual({ epoch: server.epoch(), position: server.head() })
    expect(page.state).toEqual(server.state())
  })

  it('[CAR-6] posts what a screen has painted', async () => {
    const { client, posts, clock } = await carried()
    client.shown(client.position())
    await clock.advance(1000)
    expect(posts.map(({ name }) => name)).toContain('shown')
  })
})
