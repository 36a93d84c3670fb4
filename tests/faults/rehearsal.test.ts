import SQLite from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import type { Order } from '../../shared/order/order.ts'
import { placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { startServer } from '../support/server.ts'
import { eventually } from '../support/watching.ts'

const server = await startServer({ env: { COMANDA_LOG: 'warn' } })
afterAll(() => server.stop())
const cookie = await signIn(server)
const path = '/api/pizzerias/napoli/rehearsal'
const begin = () =>
  request(server, 'POST', path, { cookie, body: { minutes: 2, peak: 2000, staffed: false, seed: 'crash' } })
const running = async () =>
  (await request(server, 'GET', path, { cookie })).body as { running: boolean; placed: number }
const open = async () =>
  ((await snapshot(server, 'counter:napoli', cookie)).body.state.orders as Order[]).filter(
    ({ test, state }) => test && state === 'queued',
  )

describe('a rehearsal', { timeout: 60_000 }, () => {
  it('[ORD-14] has numbers of its own, and ends for good when it is told to', async () => {
    await begin()
    await eventually(async () => expect((await open()).length).toBeGreaterThan(0))
    const tests = (await open()).map(({ number }) => number).sort((a, b) => a - b)
    expect(tests).toEqual(tests.map((_, index) => index + 1))
    expect((await placeOrder(server)).order.number).toBe(1)
    expect((await request(server, 'DELETE', path, { cookie })).body).toMatchObject({ running: false })
    expect(await open()).toEqual([])
    expect(await running()).toMatchObject({ running: false })
  })

  it('[ORD-14] of two that are started at once one runs, with its orders', async () => {
    expect((await Promise.all([begin(), begin()])).map(({ status }) => status)).toEqual([201, 201])
    await eventually(async () => expect((await open()).length).toBeGreaterThan(0))
    expect(await running()).toMatchObject({ running: true })
    await request(server, 'DELETE', path, { cookie })
    expect(await open()).toEqual([])
  })

  it('[ORD-14] ends when another process takes its row away', async () => {
    await begin()
    await eventually(async () => expect((await open()).length).toBeGreaterThan(0))
    const database = new SQLite(server.databaseFile)
    database.prepare('DELETE FROM rehearsals').run()
    database.close()
    await eventually(async () => expect(await open()).toEqual([]))
    expect(await running()).toMatchObject({ running: false })
  })

  it('[ORD-14] that a crash has ended leaves nothing on the screens', async () => {
    await begin()
    await eventually(async () => expect((await open()).length).toBeGreaterThan(0))
    await server.restart()
    expect(await running()).toMatchObject({ running: false })
    expect(await open()).toEqual([])
    expect((await snapshot(server, 'board:napoli')).body.state.entries).toHaveLength(1)
  })
})
