import { chmodSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { codeOf, move, placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { startServer } from '../support/server.ts'
import { openSocket } from '../support/socket.ts'
import { openDatabase } from '../support/watching.ts'

const server = await startServer({ env: { COMANDA_LOG: 'warn' } })
afterAll(() => server.stop())
const manager = await signIn(server)
const people = '/api/pizzerias/napoli/people'
const erase = (body: unknown, cookie: string | undefined = manager) =>
  request(server, 'POST', `${people}/erasures`, { body, cookie })

/** A finished order of somebody with this phone number. */
async function collected(phone: string, name = 'Trillian Astra') {
  const { order, tracking } = await placeOrder(server, { customer: { name, phone }, note: 'Trillian is allergic' })
  const ready = await move(server, manager, order, 'ready')
  await move(server, manager, ready.body.order, 'collected', { confirmUnpaid: true })
  return { id: order.id, number: order.number, total: order.total, tracking }
}

describe("people's data over HTTP", () => {
  it('[PDA-1] only the manager sets how long it is kept', async () => {
    expect((await request(server, 'GET', people, { cookie: manager })).body).toEqual({ keptDays: 90 })
    for (const [keptDays, status] of [
      [0, 400],
      [1.5, 400],
      [4000, 400],
      [30, 200],
    ])
      expect((await request(server, 'PATCH', people, { cookie: manager, body: { keptDays } })).status).toBe(status)
    expect((await request(server, 'GET', people, { cookie: manager })).body).toEqual({ keptDays: 30 })
    const { body } = await request(server, 'POST', '/api/staff/sign-in', {
      body: { pizzeria: 'napoli', pin: '2468', role: 'counter', token: true },
    })
    const headers = { authorization: `Bearer ${body.token}` }
    for (const [method, path] of [
      ['GET', people],
      ['PATCH', people],
      ['POST', `${people}/erasures`],
    ] as const)
      for (const [who, code] of [
        [headers, '403 staff.forbidden'],
        [{}, '401 staff.sign_in'],
      ] as const)
        expect(
          codeOf(await request(server, method, path, { headers: who, ...(method !== 'GET' && { body: {} }) })),
        ).toBe(code)
  })

  it('[PDA-3] erased by phone is gone from every answer and from the log, and the link shows the figures', async () => {
    const order = await collected('+33 6 11 22 33 44')
    const { body: before } = await snapshot(server, 'counter:napoli', manager)
    const socket = await openSocket(server, { cookie: manager })
    socket.hello([{ stream: 'counter:napoli' }])
    await socket.next('joined')
    expect((await erase({ phone: '0611223344' })).body).toEqual({ erased: 1, waiting: 0 })
    const event = await socket.next('event', ({ order: id }) => id === order.id)
    expect(event.data).toMatchObject({ customer: { name: '', phone: null }, total: order.total })
    socket.close()

    const answers = [
      await snapshot(server, 'counter:napoli', manager),
      await snapshot(server, `order:${order.tracking}`),
      // Also for a reader who comes back from before it and would otherwise be served from memory.
      await request(server, 'GET', `/api/streams/counter:napoli/events?after=${before.epoch}:0`, { cookie: manager }),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expect(JSON.stringify(answer.body)).not.toMatch(/Trillian|22 ?33 ?44/)
    }
    const late = await openSocket(server, { cookie: manager })
    late.hello([{ stream: 'counter:napoli', after: `${before.epoch}:0` }])
    await late.next('event', ({ position }) => position === event.position)
    expect(JSON.stringify(late.heard)).not.toMatch(/Trillian|22 ?33 ?44/)
    late.close()
    expect((await snapshot(server, `order:${order.tracking}`)).body.state.order).toMatchObject({
      number: order.number,
      total: order.total,
      name: '',
    })
    const page = await fetch(`${server.url}/napoli/orders/${order.tracking}`)
    expect(page.status).toBe(200)
    expect(await page.text()).not.toContain('Trillian')
  })

  it('[PDA-3] is erased by link; an invalid request is refused and erases nobody', async () => {
    const order = await collected('+33655443322')
    for (const body of [{}, { phone: '1' }, { phone: '+33655443322', tracking: order.tracking }, { name: 'Trillian' }])
      expect(codeOf(await erase(body))).toBe('400 request.invalid')
    expect((await erase({ phone: '------' })).body).toEqual({ erased: 0, waiting: 0 })
    expect((await erase({ tracking: order.tracking })).body).toEqual({ erased: 1, waiting: 0 })
  })

  it('[PDA-6] database, WAL, secrets and list are readable by their owner only, even if they were open', async () => {
    const folder = dirname(server.databaseFile)
    const open = () => readdirSync(folder).filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0)
    expect(readdirSync(folder).length).toBeGreaterThanOrEqual(4)
    expect(open()).toEqual([])
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644)
    await server.restart()
    expect(open()).toEqual([])
  })

  it('[PDA-4] stays erased over a restart, and is in no row of the database', async () => {
    await server.restart()
    const database = openDatabase(server.databaseFile)
    expect(database.all("select id from orders where body like '%Trillian%'")).toEqual([])
    expect(database.all("select position from events where data like '%Trillian%'")).toEqual([])
    database.close()
  })
})
