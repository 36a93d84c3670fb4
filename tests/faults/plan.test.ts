import SQLite from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import type { MenuBook } from '../../server/menu/editor/book.ts'
import type { PlanView } from '../../server/menu/editor/plan.ts'
import { codeOf, placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { startServer } from '../support/server.ts'
import { eventsWritten, eventually } from '../support/watching.ts'

const server = await startServer({ env: { COMANDA_LOG: 'warn' } })
afterAll(() => server.stop())
const [manager, other] = [await signIn(server), await signIn(server)]
const path = '/api/pizzerias/napoli/menu'
const book = async () => (await request<MenuBook>(server, 'GET', path, { cookie: manager })).body
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString()
const priced = (menu: MenuBook, id: string, price: number): MenuBook => ({
  ...menu,
  items: menu.items.map((item) =>
    item.id === id ? { ...item, sizes: item.sizes.map((size) => ({ ...size, price })) } : item,
  ),
})
const plan = (menu: MenuBook, over: object = {}, cookie = manager) =>
  request(server, 'PUT', `${path}/plan`, {
    body: { ...menu, ifVersion: menu.version, at: tomorrow(), ...over },
    cookie,
  })
const publish = (menu: MenuBook) =>
  request(server, 'PUT', path, { body: { ...menu, ifVersion: menu.version }, cookie: manager })
const read = async (query = '', cookie = other) =>
  (await request<{ plan: PlanView | null }>(server, 'GET', `${path}/plan${query}`, { cookie })).body.plan
const cancel = (cookie = other) => request(server, 'DELETE', `${path}/plan`, { cookie })
const priceOf = async (id: string) =>
  (await snapshot(server, 'menu:napoli')).body.state.items.find((item: { id: string }) => item.id === id).sizes[0].price

/** Its time has come: nobody can wait for a day. */
function come() {
  const database = new SQLite(server.databaseFile, { timeout: 5000 })
  database.prepare('update menu_plans set at = ?').run(Date.now() - 1)
  database.close()
}

describe('a menu at a time', () => {
  it('[MNU-10] is planned, seen by every manager, and taken back; nothing is published meanwhile', async () => {
    const menu = await book()
    const answer = await plan(priced(menu, 'margherita', 1111))
    expect(answer).toMatchObject({ status: 200, body: { plan: { by: 'Nonna Rosa', trouble: null } } })
    expect(await read()).toMatchObject({
      changes: { entries: [{ id: 'margherita', how: 'changed', prices: [{ after: 1111 }, {}, {}] }] },
    })
    const whole = await read('?whole=true')
    expect(whole!.menu!.items.find(({ id }) => id === 'margherita')!.sizes[0]!.price).toBe(1111)
    expect(whole!.base!.items).toEqual(menu.items)
    expect(await priceOf('margherita')).not.toBe(1111)
    expect((await book()).version).toBe(menu.version)

    expect(codeOf(await plan(priced(menu, 'marinara', 1)))).toBe('409 menu.planned')
    expect((await cancel()).status).toBe(204)
    expect(await read()).toBeNull()
    expect(codeOf(await cancel())).toBe('404 menu.not_planned')
  })

  it('[MNU-10] one plan sent twice is one; what cannot be planned is refused, and nothing is written', async () => {
    const menu = priced(await book(), 'margherita', 1222)
    const at = tomorrow()
    expect((await plan(menu, { at })).status).toBe(200)
    expect((await plan(menu, { at })).status).toBe(200)
    await cancel()
    const before = eventsWritten(server.databaseFile)
    for (const [over, code] of [
      [{ at: new Date(Date.now() - 1000).toISOString() }, '400 request.invalid'],
      [{ at: new Date(Date.now() + 400 * 86_400_000).toISOString() }, '400 request.invalid'],
      [{ at: 'tomorrow' }, '400 request.invalid'],
      [{ ifVersion: menu.version + 7 }, '409 menu.stale'],
      [{ categories: [] }, '400 request.invalid'],
    ] as const)
      expect(codeOf(await plan(menu, over))).toBe(code)
    expect(eventsWritten(server.databaseFile)).toBe(before)
  })

  it('[MNU-10] is published by the server, also after a restart, with what was published since', async () => {
    const menu = await book()
    await plan(priced(menu, 'margherita', 1333))
    expect((await publish(priced(menu, 'marinara', 777))).status).toBe(200)
    await server.kill('SIGKILL')
    come()
    await server.restart()
    await eventually(async () => expect(await read()).toBeNull())
    expect([await priceOf('margherita'), await priceOf('marinara')]).toEqual([1333, 777])
    const { order } = await placeOrder(server)
    expect(order.total).toBe(1333)
    const { entries } = (
      await request(server, 'GET', '/api/pizzerias/napoli/log?type=menu.changed', { cookie: manager })
    ).body
    expect(entries[0]).toMatchObject({ actor: 'manager', by: { name: 'Nonna Rosa' } })
  })

  it('[MNU-10] is not published over what somebody else changed: it waits, and says so', async () => {
    const menu = await book()
    await plan(priced(menu, 'margherita', 1444))
    await publish(priced(menu, 'margherita', 888))
    come()
    await eventually(async () => expect(await read()).toMatchObject({ trouble: 'menu.stale' }))
    expect(await priceOf('margherita')).toBe(888)
    expect((await cancel()).status).toBe(204)
  })
})
