import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedDemo } from '../../db/demo/seed.ts'
import { migrationsIn } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { readConfig } from '../../server/config.ts'
import { createCommit } from '../../server/ground/commit.ts'
import { applyErasures, erasePeople, forgetPeople } from '../../server/people/erase.ts'
import { order as orderSchema, type Order } from '../../shared/order/order.ts'
import { samePhone, withoutPeople } from '../../shared/order/people.ts'
import { toCustomerOrder } from '../../shared/order/views.ts'
import { facts, layPast } from '../fixtures/past.ts'
import { buildOrder } from '../support/build.ts'
import { newEvent, pizzeria } from './store-suite.ts'

const migrations = migrationsIn(new URL('../../db/migrations/sqlite/', import.meta.url))
const day = 86_400_000
const now = Date.parse('2026-11-20T18:30:00.000Z')
const ago = (days: number) => new Date(now - days * day).toISOString()

let folder: string
let file: string
let store: Store
let forgotten: string[]
const open = async () => (store = await openSqlite({ file, migrations }))
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'comanda-people-'))
  file = join(folder, 'comanda.db')
  forgotten = []
  await open()
  await store.write(pizzeria, (tx) => seedDemo(tx, 'hash'))
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const ground = () => ({
  store,
  commit: createCommit(store, () => {}),
  hub: { forgetEvents: (of: string) => void forgotten.push(of) },
  config: readConfig({ DATABASE_URL: `file:${file}` }),
  clock: () => now,
  uptime: () => performance.now(),
  life: { phase: 'serving' as const },
})

let serial = 0
/** An order with its events, and a kitchen event that carries the whole order. */
async function place(days: number, over: Partial<Order> = {}): Promise<Order> {
  serial += 1
  const at = ago(days)
  const order = buildOrder({
    id: `o${serial}`,
    tracking: `t${serial}`,
    number: serial,
    state: 'collected',
    customer: { name: `Zaphod ${serial}`, phone: `+33 6 99 88 ${String(serial).padStart(4, '0')}` },
    table: 'Zaphod-table',
    note: 'Zaphod is allergic',
    cancelReason: 'Zaphod rang',
    version: 2,
    placedAt: at,
    updatedAt: at,
    queuedAt: at,
    ...over,
  })
  order.lines[0]!.note = 'for Zaphod'
  await store.write(pizzeria, async (tx) => {
    const subject = `order:${order.tracking}`
    await tx.append(newEvent({ subject, version: 1, type: 'order.placed', data: { ...order, version: 1 } }))
    const { position } = await tx.append(newEvent({ subject, version: 2, data: order }))
    await tx.append(
      newEvent({
        subject: 'kitchen',
        type: 'kitchen.unseen',
        version: Date.parse(at) + 20_000,
        data: { level: 1, since: at, order },
      }),
    )
    await tx.insertOrder(order, position)
  })
  return order
}
/** Whether the database file still contains somebody's name in any row. */
function namesIn(table: 'orders' | 'events', order: Order): number {
  const client = new SQLite(file, { readonly: true })
  const column = table === 'orders' ? 'body' : 'data'
  const { count } = client
    .prepare(`select count(*) as count from ${table} where ${column} like ? and ${column} like '%Zaphod%'`)
    .get(`%"id":"${order.id}"%`) as { count: number }
  client.close()
  return count
}
const keep = (days: number | null) =>
  store.write(pizzeria, (tx) => tx.updatePizzeria(pizzeria, { peopleKeptDays: days }))
const current = async ({ id }: Order) => (await store.read((tx) => tx.order(id)))!

describe("people's data", () => {
  it('[PDA-1] is kept for 90 days in a new pizzeria; the manager of an existing one is asked first', async () => {
    expect((await store.read((tx) => tx.pizzeria(pizzeria)))!.peopleKeptDays).toBe(90)
    const past = layPast()
    const old = await openSqlite({ file: past.databaseFile, migrations })
    expect((await old.read((tx) => tx.pizzeria('napoli')))!.peopleKeptDays).toBe(null)
    await forgetPeople({ ...ground(), store: old, clock: () => facts.endsAt + 4000 * day })
    expect(await old.read((tx) => tx.order(facts.orders.collected.id))).toMatchObject({
      customer: { name: 'Ada Lovelace', phone: '+33612345678' },
    })
    await old.close()
    past.remove()
  })

  it("[PDA-2] is removed after its days, from the order's row and from the log; the figures stay", async () => {
    const [old, young, open] = [await place(91), await place(89), await place(91, { state: 'ready' })]
    const before = await store.read((tx) => tx.eventsAfter(pizzeria, 0, 100))
    await forgetPeople(ground())
    expect([namesIn('orders', old), namesIn('events', old)]).toEqual([0, 0])
    expect([namesIn('orders', young), namesIn('events', young)]).toEqual([1, 3])
    expect([namesIn('orders', open), namesIn('events', open)], 'not over').toEqual([1, 3])

    expect(await current(old)).toEqual(withoutPeople(old))
    const after = await store.read((tx) => tx.eventsAfter(pizzeria, 0, 100))
    const placing = ({ position, version, type, at }: (typeof after)[number]) => ({ position, version, type, at })
    expect(after.map(placing)).toEqual(before.map(placing))
    expect(toCustomerOrder(await current(old))).toMatchObject({ number: old.number, total: old.total, name: '' })
  })

  it('[PDA-2] stays where the manager has not said for how long', async () => {
    await keep(null)
    const old = await place(4000)
    await forgetPeople(ground())
    expect(await current(old)).toEqual(old)
    await keep(30)
    await forgetPeople(ground())
    expect(namesIn('orders', old) + namesIn('events', old)).toBe(0)
  })

  it('[PDA-2] of many orders is removed in pieces, each order once', async () => {
    for (let index = 0; index < 35; index++) await place(100 + index)
    await forgetPeople(ground())
    const client = new SQLite(file, { readonly: true })
    expect(client.prepare("select count(*) as count from events where data like '%Zaphod%'").get()).toEqual({
      count: 0,
    })
    expect(client.prepare('select count(*) as count from orders where people').get()).toEqual({ count: 0 })
    client.close()
  })

  it('[PDA-2] is gone completely: what stays is a valid order without any free text', () => {
    const text = fc.string({ minLength: 1, maxLength: 20 }).map((said) => `§${said}§`)
    fc.assert(
      fc.property(text, text, text, text, text, (name, phone, note, table, reason) => {
        const order = buildOrder({ customer: { name, phone }, note, table, cancelReason: reason })
        order.lines[0]!.note = note
        const left = withoutPeople(order)
        expect(orderSchema.parse(left)).toEqual(left)
        expect(JSON.stringify(left)).not.toContain('§')
        expect({ ...left, total: 0 }).toMatchObject({
          number: order.number,
          placedAt: order.placedAt,
          state: order.state,
        })
        expect(left.total).toBe(order.total)
      }),
    )
  })

  it("[PDA-3] is erased by phone number, in whatever notation, and nobody else's", async () => {
    const mine = [
      await place(1, { customer: { name: 'Zaphod', phone: '+33 6 12 34 56 78' } }),
      await place(2, { customer: { name: 'Zaphod', phone: '06.12.34.56.78' } }),
      await place(3, { customer: { name: 'Zaphod', phone: '0033612345678' } }),
    ]
    const other = await place(1, { customer: { name: 'Zaphod', phone: '+33612345679' } })
    const nameless = await place(1, { customer: { name: 'Zaphod', phone: null } })
    expect(await erasePeople(ground(), pizzeria, { phone: '06 12 34 56 78' })).toEqual({ erased: 3, waiting: 0 })
    for (const order of mine) expect(namesIn('orders', order) + namesIn('events', order)).toBe(0)
    for (const order of [other, nameless]) expect([namesIn('orders', order), namesIn('events', order)]).toEqual([1, 3])
    // Screens are told: each gets a new version, and nothing of the old one stays in memory.
    expect(await current(mine[0]!)).toMatchObject({
      version: 3,
      state: 'collected',
      customer: { name: '', phone: null },
    })
    expect(forgotten).toEqual([pizzeria])
    expect(await erasePeople(ground(), pizzeria, { phone: '0612345678' })).toEqual({ erased: 0, waiting: 0 })
  })

  it("[PDA-3] is erased by the customer's link, at that pizzeria only", async () => {
    const order = await place(1)
    expect(await erasePeople(ground(), 'roma', { tracking: order.tracking })).toEqual({ erased: 0, waiting: 0 })
    expect(await erasePeople(ground(), pizzeria, { tracking: 'nobody' })).toEqual({ erased: 0, waiting: 0 })
    expect(await erasePeople(ground(), pizzeria, { tracking: order.tracking })).toEqual({ erased: 1, waiting: 0 })
    expect(namesIn('orders', order) + namesIn('events', order)).toBe(0)
  })

  it('[PDA-3] stays with an order that is not over, until it is', async () => {
    const order = await place(0, { state: 'making' })
    expect(await erasePeople(ground(), pizzeria, { tracking: order.tracking })).toEqual({ erased: 0, waiting: 1 })
    await forgetPeople(ground())
    expect(await current(order)).toEqual(order)
    await store.write(pizzeria, (tx) => tx.updateOrder(order, { ...order, state: 'collected' }, 2))
    await forgetPeople(ground())
    expect(namesIn('orders', order) + namesIn('events', order)).toBe(0)
  })

  it('[PDA-4] is not in the list of erasures, which is applied again to an older database', async () => {
    const order = await place(1)
    await store.close()
    const before = readFileSync(file)
    await open()
    await erasePeople(ground(), pizzeria, { phone: order.customer.phone! })
    await store.close()
    const list = readFileSync(`${file}.erasures.jsonl`, 'utf8')
    expect(list).toContain(order.id)
    expect(list).not.toMatch(/Zaphod|99 ?88/)

    for (const side of ['-wal', '-shm']) rmSync(`${file}${side}`, { force: true })
    writeFileSync(file, before)
    // A line that a crash cut short does no harm.
    appendFileSync(`${file}.erasures.jsonl`, '{"at":"2026-')
    await open()
    expect(namesIn('orders', order)).toBe(1)
    await applyErasures(ground())
    expect(namesIn('orders', order) + namesIn('events', order)).toBe(0)
  })

  it('[PDA-3] of two numbers that only end alike is kept apart', () => {
    expect(samePhone('+49 30 123456', '030/123456')).toBe(true)
    expect(samePhone('12345', '+33612345')).toBe(false)
    expect(samePhone('', '+33612345678')).toBe(false)
    expect(samePhone('+33612345678', '+33612345679')).toBe(false)
  })
})
