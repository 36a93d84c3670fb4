import { describe, expect, it } from 'vitest'
import type { Menu } from '../../shared/menu/menu.ts'
import {
  codeOf,
  cookiesOf,
  orderBody,
  line,
  placeOrder,
  postOrder,
  quote,
  request,
  snapshot,
} from '../support/orders.ts'
import { demoPin } from '../support/server.ts'
import { eventsWritten } from '../support/watching.ts'
import { openWire } from '../support/wire.ts'

const { server, staff, joined, getAs } = await openWire()
const change = (body: unknown, cookie = staff) =>
  request(server, 'PATCH', '/api/pizzerias/napoli', { body, ...(cookie && { cookie }) })
const settings = async () => (await getAs('/api/pizzerias/napoli/settings', staff)).body
const menu = async () => (await snapshot(server, 'menu:napoli')).body.state as Menu
const signInAs = async (role: string) =>
  cookiesOf(await request(server, 'POST', '/api/staff/sign-in', { body: { pizzeria: 'napoli', pin: demoPin, role } }))
const minute = 60_000
const day = 86_400_000
const date = (time: number) => new Date(time).toISOString().slice(0, 10)
const slots = (query = '') => getAs(`/api/pizzerias/napoli/slots?pizzas=2${query}`)
/** Open at any hour, so that no test depends on when it runs. */
const always = {
  hours: null,
  exceptions: [],
  closedUntil: null,
  lastOrderMinutes: 0,
  aheadDays: 7,
  modes: ['pickup', 'table'],
}
const { total } = await quote(server, orderBody())

describe('hours', () => {
  it('[SET-4] [SET-2] an exception closes at once on every open menu, and says why and until when', async () => {
    await change({ ...always, timezone: 'UTC' })
    const socket = await joined({ stream: 'menu:napoli' })
    const now = Date.now()
    const answer = await change({ exceptions: [{ from: date(now - day), to: date(now + day), note: 'At the sea' }] })
    expect(answer.status).toBe(200)
    const opensAt = new Date(Date.parse(date(now)) + 2 * day).toISOString()
    const closed = { open: false, opensAt, closesAt: null, hoursNote: 'At the sea' }
    expect(answer.body.pizzeria).toMatchObject(closed)
    expect((await socket.next('event', ({ type }) => type === 'menu.changed')).data).toMatchObject({ pizzeria: closed })
    expect((await menu()).pizzeria).toMatchObject(closed)
    const refused = await postOrder(server, orderBody({ total }))
    expect(codeOf(refused)).toBe('409 pizzeria.closed')
    expect(refused.body.error.opensAt).toBe(opensAt)
    const { order } = await placeOrder(server, { for: opensAt, total })
    expect(Date.parse(order.promiseAt)).toBeGreaterThan(Date.parse(opensAt))
    await change(always)
    expect((await menu()).pizzeria).toMatchObject({ open: true, opensAt: null, hoursNote: null })
    socket.close()
  })

  it('[SET-5] counter and manager close for today, hear which orders this touches, and open again', async () => {
    await change(always)
    const soon = new Date(Date.now() + 90 * minute).toISOString()
    const { order } = await placeOrder(server, { for: soon })
    const counter = await signInAs('counter')
    const version = (await settings()).version
    const until = new Date(Date.now() + 5 * 60 * minute).toISOString()
    const answer = await change({ closedUntil: until }, counter)
    expect(answer.body).toMatchObject({ pizzeria: { open: false, opensAt: until }, version })
    expect(answer.body.touched.map(({ id }: { id: string }) => id)).toEqual([order.id])
    expect(codeOf(await postOrder(server, orderBody({ total })))).toBe('409 pizzeria.closed')
    expect(codeOf(await postOrder(server, orderBody({ total, for: soon })))).toBe('422 order.time_invalid')
    expect((await slots()).body.days.flatMap((one: { slots: { at: string }[] }) => one.slots)[0].at > until).toBe(true)
    const opened = await change({ closedUntil: null }, counter)
    expect(opened.body).toMatchObject({ pizzeria: { open: true }, touched: [] })
    expect(codeOf(await change({ closedUntil: until }, await signInAs('kitchen')))).toBe('403 staff.forbidden')
    expect(codeOf(await change({ closedUntil: until }, ''))).toBe('401 staff.sign_in')
  })

  it('[SET-7] customers order as far ahead as is set, and the counter no further than 30 days', async () => {
    await change({ ...always, aheadDays: 1 })
    const inDays = (count: number) => new Date(Date.now() + count * day).toISOString()
    expect(codeOf(await postOrder(server, orderBody({ total, for: inDays(2) })))).toBe('422 order.time_invalid')
    await placeOrder(server, { for: inDays(1) })
    await placeOrder(server, { for: inDays(2) }, { cookie: staff })
    expect(codeOf(await postOrder(server, orderBody({ total, for: inDays(40) }), { cookie: staff }))).toBe(
      '422 order.time_invalid',
    )
    expect((await menu()).policies.aheadDays).toBe(1)
    expect((await slots()).body.days).toHaveLength(2)
    await change(always)
  })

  it('[SET-1] [SET-4] what cannot be is refused, and nothing is written', async () => {
    const before = eventsWritten(server.databaseFile)
    const monday = { day: 1, from: '18:00', to: '22:00' }
    const wrong: unknown[] = [
      { hours: {} },
      { hours: [{ ...monday, day: 7 }] },
      { hours: [{ ...monday, from: '24:00' }] },
      { hours: [{ ...monday, to: '9:00' }] },
      { hours: [{ ...monday, more: 1 }] },
      { hours: Array.from({ length: 71 }, () => monday) },
      { exceptions: [{ from: '2026-02-30' }] },
      { exceptions: [{ from: '2026-03-02', to: '2026-03-01' }] },
      { exceptions: [{ from: '2026-03-02', to: '2028-03-01' }] },
      { exceptions: [{ from: '2026-03-02', openings: [{ from: '18:00' }] }] },
      { closedUntil: 'tonight' },
      { aheadDays: 31 },
      { slotMinutes: 7 },
      { pizzasPerSlot: 0 },
      { modes: [] },
      { modes: ['drone'] },
      { timezone: 'Europe/Nowhere' },
      { languages: [] },
      { name: '\u200b' },
      { tables: [{ name: '1' }, { name: '1' }] },
      { tables: [{ name: '1', token: 'short' }] },
      { ifVersion: 3 },
      { ifVersion: '3', name: 'Napoli' },
    ]
    for (const body of wrong) expect([body, codeOf(await change(body))]).toEqual([body, '400 request.invalid'])
    for (const query of ['?pizzas=x', '?pizzas=-1', '?mode=drone', '?day=tomorrow', '?day=2026-02-30'])
      expect(codeOf(await getAs(`/api/pizzerias/napoli/slots${query}`))).toBe('400 request.invalid')
    expect(codeOf(await getAs('/api/pizzerias/nowhere/slots'))).toBe('404 pizzeria.unknown')
    expect(eventsWritten(server.databaseFile)).toBe(before)
  })
})

describe('two who change the settings', () => {
  it('[SET-6] the second is told what the first has set, and nothing of theirs is written', async () => {
    const { version } = await settings()
    const first = await change({ address: 'Via Roma 1', ifVersion: version })
    expect(first.body).toMatchObject({ version: version + 1, settings: { address: 'Via Roma 1' } })
    const before = eventsWritten(server.databaseFile)
    const second = await change({ address: 'Via Napoli 2', ifVersion: version })
    expect(codeOf(second)).toBe('409 pizzeria.stale')
    expect(second.body.error).toMatchObject({ version: version + 1, settings: { address: 'Via Roma 1' } })
    expect(eventsWritten(server.databaseFile)).toBe(before)
    expect((await change({ address: 'Via Napoli 2', ifVersion: version + 1 })).status).toBe(200)
    expect((await change({ address: null })).body.version).toBe(version + 3)
    expect((await menu()).pizzeria.version).toBe(version + 3)
  })

  it('[SET-6] of twenty at once with one version, one is written', async () => {
    const { version } = await settings()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => change({ address: `Via ${index}`, ifVersion: version })),
    )
    expect(answers.map(codeOf).sort()).toEqual(['200', ...Array.from({ length: 19 }, () => '409 pizzeria.stale')])
    const after = await settings()
    expect(after.version).toBe(version + 1)
    expect(after.settings.address).toBe(answers.find(({ status }) => status === 200)!.body.settings.address)
  })

  it('[SET-6] a pause and a sold-out dish change no version', async () => {
    const { version } = await settings()
    await change({ busyMinutes: 10 })
    await change({ busyMinutes: 0 })
    await request(server, 'PATCH', '/api/pizzerias/napoli/menu/items/margherita', {
      body: { available: true },
      cookie: staff,
    })
    expect((await settings()).version).toBe(version)
  })

  it('[SET-1] only staff read them', async () => {
    expect(codeOf(await getAs('/api/pizzerias/napoli/settings'))).toBe('401 staff.sign_in')
    expect(codeOf(await getAs('/api/pizzerias/napoli/settings', await signInAs('kitchen')))).toBe('403 staff.forbidden')
    expect((await getAs('/api/pizzerias/napoli/settings', await signInAs('counter'))).status).toBe(200)
  })
})

describe('slots', () => {
  it('[ORD-40] an order for one is promised its time, and takes its place', async () => {
    await change({ ...always, pizzasPerSlot: 14, slotMinutes: 30 })
    const found = (await slots()).body
    expect(found).toMatchObject({ timezone: 'UTC', slotMinutes: 30, pausedUntil: null })
    expect(found.days).toHaveLength(8)
    const { at, left } = found.days[2].slots[5]
    const { order } = await placeOrder(server, { for: at, lines: [line({ quantity: 3 })] })
    expect(order.promiseAt).toBe(at)
    const day = found.days[2].day
    const again = (await slots(`&day=${day}`)).body.days
    expect(again).toHaveLength(1)
    expect(again[0].slots.find((slot: { at: string }) => slot.at === at)).toEqual({ at, left: left - 3 })
    await change({ slotMinutes: 15 })
  })

  it('[ORD-43] [ORD-40] [ORD-10] while it is paused, those after the pause, which may be ordered', async () => {
    const pausedUntil = new Date(Date.now() + 90 * minute).toISOString()
    await change({ ...always, pausedUntil })
    const found = (await slots()).body
    expect(found.pausedUntil).toBe(pausedUntil)
    const all = found.days.flatMap((one: { slots: { at: string }[] }) => one.slots.map(({ at }) => at)) as string[]
    expect(all.length).toBeGreaterThan(10)
    expect(all.every((at) => at > pausedUntil)).toBe(true)
    expect((await placeOrder(server, { for: all[0], total })).order.promiseAt).toBe(all[0])
    const during = new Date(Date.parse(pausedUntil) - minute).toISOString()
    expect(codeOf(await postOrder(server, orderBody({ total, for: during })))).toBe('409 pizzeria.paused')
    expect(codeOf(await postOrder(server, orderBody({ total })))).toBe('409 pizzeria.paused')
    await change({ pausedUntil: null })
  })

  it('[ORD-40] [ORD-42] none of a way that is not offered', async () => {
    await change({ modes: ['table'] })
    expect(codeOf(await slots('&mode=pickup'))).toBe('422 order.mode_unavailable')
    expect(codeOf(await postOrder(server, orderBody({ total })))).toBe('422 order.mode_unavailable')
    expect((await postOrder(server, orderBody({ total }), { cookie: staff })).status).toBe(201)
    expect((await menu()).policies.modes).toEqual(['table'])
    await change(always)
  })
})

describe('tables', () => {
  it('[ORD-41] an order carries the table of the code that was scanned; a number alone is a guess', async () => {
    const made = (await change({ tables: [{ name: '7' }, { name: 'Terrace 2' }] })).body.settings.tables
    const [seven, terrace] = made as { name: string; token: string }[]
    expect([seven!.token, terrace!.token]).toEqual([expect.stringMatching(/^[\w-]{16}$/), expect.any(String)])
    expect((await getAs(`/api/pizzerias/napoli/tables/${terrace!.token}`)).body.table).toEqual({ name: 'Terrace 2' })
    expect(codeOf(await getAs('/api/pizzerias/napoli/tables/7'))).toBe('404 table.unknown')
    expect(JSON.stringify(await menu())).not.toContain(seven!.token)
    expect((await menu()).policies.tableTokens).toBe(true)

    const sit = (over: object, cookie?: string) =>
      postOrder(server, orderBody({ mode: 'table', total, ...over }), { cookie })
    expect((await sit({ tableToken: seven!.token })).body.order.table).toBe('7')
    expect((await sit({ tableToken: terrace!.token, table: '1' })).body.order.table).toBe('Terrace 2')
    expect(codeOf(await sit({ table: '7' }))).toBe('422 order.table_unknown')
    expect(codeOf(await sit({ tableToken: 'guessed-guessed-guessed' }))).toBe('422 order.table_unknown')
    expect((await sit({ table: '9' }, staff)).body.order.table).toBe('9')

    const kept = (await change({ tables: [{ name: '7', token: seven!.token }] })).body.settings.tables
    expect(kept).toEqual([seven])
    expect(codeOf(await sit({ tableToken: terrace!.token }))).toBe('422 order.table_unknown')
    await change({ tables: [] })
    expect((await sit({ table: '12' })).body.order.table).toBe('12')
    expect(codeOf(await sit({}))).toBe('422 order.table_required')
  })

  it('[ORD-46] its code shows what was ordered at that table, until it is over, and nobody’s name', async () => {
    const made = (await change({ tables: [{ name: '8' }, { name: 'Garden' }] })).body.settings.tables
    const [eight, garden] = made as { name: string; token: string }[]
    const seen = async ({ token }: { token: string }) =>
      (await getAs(`/api/pizzerias/napoli/tables/${token}`)).body.orders as { number: number; state: string }[]
    expect(await seen(garden!)).toEqual([])

    const guest = { mode: 'table', customer: { name: 'Grace Hopper', phone: '+33612340000' }, total } as const
    const sit = async (over: object, cookie?: string) =>
      (await postOrder(server, orderBody({ ...guest, note: 'by the window', ...over }), { cookie })).body
    const first = await sit({ tableToken: garden!.token })
    const second = await sit({ table: 'garden', customer: { name: 'Ada' } }, staff)
    await sit({ tableToken: eight!.token })
    // On the way to the door with a table's code in the browser: that order goes to nobody's table.
    await sit({ mode: 'pickup', tableToken: garden!.token })
    const shown = await seen(garden!)
    expect(shown).toEqual([
      expect.objectContaining({ number: first.order.number, state: 'queued', promiseAt: first.order.promiseAt }),
      expect.objectContaining({ number: second.order.number }),
    ])
    const { lines } = shown[0] as unknown as { lines: object[] }
    expect(lines).toEqual([expect.objectContaining({ item: 'margherita', quantity: 1 })])
    for (const secret of ['Grace', 'Hopper', '+336', 'window', first.tracking, first.order.id, 'total', 'unitPrice'])
      expect(JSON.stringify(shown)).not.toContain(secret)

    const cancelled = await request(server, 'POST', `/api/tracking/${first.tracking}/cancel`)
    expect(cancelled.status).toBe(200)
    expect((await seen(garden!)).map(({ number }) => number)).toEqual([second.order.number])
    await change({ tables: [] })
  })
})
