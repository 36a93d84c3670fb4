import { describe, expect, it } from 'vitest'
import { codeOf, move, placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { startServer } from '../support/server.ts'
import { openSocket } from '../support/socket.ts'

const day = 86_400_000
const near = (ms: number) => ({ least: ms - 60_000, most: ms + 60_000 })

describe('the clock of the machine', { timeout: 120_000 }, () => {
  it('[CLK-1] [CLK-2] [CLK-3] [CLK-5] [ORD-9] jumps: new numbers, nobody signed out, the counter told', async () => {
    const server = await startServer({ env: { COMANDA_LOG: 'warn' } })
    const cookie = await signIn(server)
    const off = async () =>
      ((await snapshot(server, 'counter:napoli', cookie)).body.state as { clockOff?: number }).clockOff
    const numbers = [await placeOrder(server), await placeOrder(server)].map(({ order }) => order.number)
    expect(await off()).toBeUndefined()
    for (const [jump, at] of [
      ['a day ahead', Date.now() + day],
      ['to the year 2000', Date.parse('2000-01-01T12:00:00Z')],
      ['to 1970', 12 * 3_600_000],
      ['five years ahead', Date.now() + 5 * 365 * day],
    ] as const) {
      await server.restart({}, at)
      const by = (await off())!
      const { least, most } = near(at - Date.now())
      expect([jump, by > least && by < most]).toEqual([jump, true])
      for (const placed of [await placeOrder(server), await placeOrder(server, {}, { cookie })]) {
        numbers.push(placed.order.number)
        expect((await move(server, cookie, placed.order, 'ready')).status).toBe(200)
      }
    }
    await server.restart({}, Date.now())
    expect(await off()).toBeUndefined()
    numbers.push((await placeOrder(server)).order.number)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    await server.stop()
  })

  it('[CLK-2] staff confirm the date, and nobody else', async () => {
    const server = await startServer({ env: { COMANDA_LOG: 'warn' } })
    const cookie = await signIn(server)
    await server.restart({}, Date.now() + day)
    const socket = await openSocket(server, { cookie })
    socket.hello([{ stream: 'counter:napoli' }])
    await socket.next('joined')
    const path = '/api/pizzerias/napoli/clock'
    const clock = await request(server, 'GET', path, { cookie })
    const { now, believed, off } = clock.body as { now: string; believed: string; off: number }
    expect(Date.parse(now) - Date.parse(believed)).toBeCloseTo(off, -2)
    expect(codeOf(await request(server, 'POST', path, { body: { confirm: true } }))).toBe('401 staff.sign_in')
    expect(codeOf(await request(server, 'POST', path, { cookie, body: {} }))).toBe('400 request.invalid')
    // The sign-in of a day ago is over once the day really is over.
    expect((await request(server, 'POST', path, { cookie, body: { confirm: true } })).body.off).toBe(null)
    expect(await socket.next('event', ({ type }) => type === 'clock.jumped')).toMatchObject({ data: { off: null } })
    expect((await snapshot(server, 'counter:napoli', await signIn(server))).body.state.clockOff).toBeUndefined()
    await server.stop()
  })
})
