import SQLite from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { facts, layPast } from '../fixtures/past.ts'
import { codeOf, cookiesOf, move, placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { openSocket } from '../support/socket.ts'
import { startServer } from '../support/server.ts'

const token = 'a-token-of-the-test'
const server = await startServer({
  env: { COMANDA_DEMO: '', COMANDA_DEMO_PIN: '', COMANDA_SETUP_TOKEN: token, COMANDA_LOG: 'warn' },
})
afterAll(() => server.stop())
const pin = '481516'
const opened = await request(server, 'POST', '/api/setup', {
  body: {
    token,
    pizzeria: { id: 'mimmo', name: 'Da Mimmo', country: 'IT', timezone: 'Europe/Rome', currency: 'EUR' },
    manager: { name: 'Mimmo', pin },
  },
})
const manager = cookiesOf(opened)
const path = '/api/pizzerias/mimmo/staff'
const add = (body: object, cookie = manager) => request(server, 'POST', path, { body, cookie })
const change = (id: string, body: object, cookie = manager) =>
  request(server, 'PATCH', `${path}/${id}`, { body, cookie })
const remove = (id: string, cookie = manager) => request(server, 'DELETE', `${path}/${id}`, { cookie })
const list = async () =>
  (await request(server, 'GET', path, { cookie: manager })).body as { id: string; name: string }[]
const trySignIn = (pin: string) =>
  request(server, 'POST', '/api/staff/sign-in', { body: { pizzeria: 'mimmo', pin }, cookie: manager })
const ownPin = (cookie: string, body: object) => request(server, 'POST', '/api/staff/pin', { body, cookie })

describe('people', () => {
  it('[OWN-4] [OWN-5] each has a PIN of their own, which a manager gives and they change', async () => {
    const lia = await add({ name: 'Lia', role: 'counter', pin: '111222' })
    expect(lia).toMatchObject({ status: 201, body: { member: { name: 'Lia', role: 'counter', mustChangePin: true } } })
    expect(JSON.stringify(lia.body)).not.toContain('111222')
    for (const taken of [pin, '111222'])
      expect(codeOf(await add({ name: 'Other', role: 'kitchen', pin: taken }))).toBe('409 staff.pin_taken')
    for (const wrong of ['1234', '12345a', '1234567'])
      expect(codeOf(await add({ name: 'Other', role: 'kitchen', pin: wrong }))).toBe('400 request.invalid')

    const first = await trySignIn('111222')
    expect(first.body).toMatchObject({ user: { name: 'Lia', role: 'counter' }, mustChangePin: true })
    const cookie = cookiesOf(first)
    expect(codeOf(await ownPin(cookie, { pin: '999999', newPin: '333444' }))).toBe('401 staff.pin_wrong')
    expect(codeOf(await ownPin(cookie, { pin: '111222', newPin: pin }))).toBe('409 staff.pin_taken')
    expect((await ownPin(cookie, { pin: '111222', newPin: '333444' })).status).toBe(204)
    expect((await trySignIn('333444')).body).toMatchObject({ mustChangePin: false })
    expect(codeOf(await trySignIn('111222'))).toBe('401 staff.pin_wrong')

    const made = await add({ name: 'Ciro', role: 'kitchen' })
    expect(made.body.pin).toMatch(/^\d{6}$/)
    expect((await trySignIn(made.body.pin as string)).body).toMatchObject({ user: { role: 'kitchen' } })
  })

  it('[ORD-23] [OWN-4] names hold nothing invisible, and nothing that turns the text around them', async () => {
    const invisible = ['\u200B', ' \u00AD ', '\u2800', '\u0000', '\uD800']
    const [member] = await list()
    for (const name of invisible) {
      expect(codeOf(await add({ name, role: 'kitchen' })), JSON.stringify(name)).toBe('400 request.invalid')
      expect(codeOf(await change(member!.id, { name })), JSON.stringify(name)).toBe('400 request.invalid')
    }
    const added = await add({ name: ' Zo\u0065\u0308\u202E  Bru\u0000n\uDC00i ', role: 'kitchen' })
    expect(added.body.member.name).toBe('Zoë Bruni')
    await change(added.body.member.id as string, { name: '\u2066Lu\u200Bca\u2069' })
    expect((await list()).map(({ name }) => name)).toContain('Luca')
    await remove(added.body.member.id as string)
  })

  it('[OWN-5] only the manager sees and changes who works here', async () => {
    const counter = await signIn(server, '333444', 'mimmo')
    const [member] = await list()
    expect(codeOf(await request(server, 'GET', path, { cookie: counter }))).toBe('403 staff.forbidden')
    expect(codeOf(await request(server, 'GET', path))).toBe('401 staff.sign_in')
    expect(codeOf(await add({ name: 'X', role: 'manager' }, counter))).toBe('403 staff.forbidden')
    expect(codeOf(await change(member!.id, { role: 'manager' }, counter))).toBe('403 staff.forbidden')
    expect(codeOf(await remove(member!.id, counter))).toBe('403 staff.forbidden')
    expect(codeOf(await request(server, 'GET', '/api/pizzerias/mimmo/log', { cookie: counter }))).toBe(
      '403 staff.forbidden',
    )
  })

  it('[OWN-5] [OWN-4] may be brought back for ten minutes, and nobody gets their PIN until then', async () => {
    const { member } = (await add({ name: 'Gino', role: 'counter', pin: '818181' })).body
    const restore = (id: string, cookie = manager) => request(server, 'POST', `${path}/${id}/restore`, { cookie })
    expect(codeOf(await restore(member.id as string))).toBe('404 staff.unknown')
    const cookie = await signIn(server, '818181', 'mimmo')
    expect((await remove(member.id as string)).status).toBe(204)
    expect(codeOf(await trySignIn('818181'))).toBe('401 staff.pin_wrong')
    expect(codeOf(await add({ name: 'Other', role: 'kitchen', pin: '818181' }))).toBe('409 staff.pin_taken')
    expect((await restore(member.id as string)).body).toEqual({ member: { ...member, mustChangePin: true } })
    expect((await snapshot(server, 'counter:mimmo', cookie)).status).toBe(401)
    expect((await trySignIn('818181')).body).toMatchObject({ user: { name: 'Gino', role: 'counter' } })
    expect(codeOf(await restore(member.id as string))).toBe('404 staff.unknown')

    await remove(member.id as string)
    const database = new SQLite(server.databaseFile)
    database.prepare('update staff set removed_at = removed_at - 600001 where id = ?').run(member.id)
    database.close()
    expect(codeOf(await restore(member.id as string))).toBe('404 staff.unknown')
    expect((await add({ name: 'Other', role: 'kitchen', pin: '818181' })).status).toBe(201)
  })

  it('[OWN-5] the last manager stays, also when two are removed at once', async () => {
    const mimmo = (await list()).find(({ name }) => name === 'Mimmo')!
    expect(codeOf(await remove(mimmo.id))).toBe('409 staff.last_manager')
    expect(codeOf(await change(mimmo.id, { role: 'counter' }))).toBe('409 staff.last_manager')
    const { body } = await add({ name: 'Rosa', role: 'manager', pin: '555666' })
    const rosa = await signIn(server, '555666', 'mimmo')
    const answers = await Promise.all([remove(mimmo.id, rosa), remove(body.member.id as string, manager)])
    expect(answers.map(codeOf).sort()[0]).toBe('204')
    const managers = (await request(server, 'GET', path, { cookie: answers[0].status === 204 ? rosa : manager }))
      .body as { role: string }[]
    expect(managers.filter(({ role }) => role === 'manager')).toHaveLength(1)
  })
})

describe('what somebody may do no longer', () => {
  it('[OWN-5] [SRV-7] ends, live connections within 5 s; what they did keeps their name', async () => {
    const boss = await trySignIn('555666').then((answer) =>
      answer.status === 200 ? cookiesOf(answer) : signIn(server, pin, 'mimmo'),
    )
    const asBoss = { cookie: boss }
    const nina = (await request(server, 'POST', path, { ...asBoss, body: { name: 'Nina', role: 'counter' } })).body
    const cookie = await signIn(server, nina.pin as string, 'mimmo')
    const socket = await openSocket(server, { cookie })
    socket.hello([{ stream: 'counter:mimmo' }])
    await socket.next('joined')
    const { order } = await placeOrder(server, {}, { pizzeria: 'mimmo' })
    expect((await move(server, cookie, order, 'ready')).status).toBe(200)
    expect((await request(server, 'DELETE', `${path}/${nina.member.id}`, asBoss)).status).toBe(204)
    expect((await socket.closed).code).toBe(4401)
    expect((await snapshot(server, 'counter:mimmo', cookie)).status).toBe(401)
    expect(codeOf(await trySignIn(nina.pin as string))).toBe('401 staff.pin_wrong')

    const book = (query = '') => request(server, 'GET', `/api/pizzerias/mimmo/log${query}`, asBoss)
    const { entries } = (await book()).body
    expect(entries[0]).toMatchObject({ type: 'staff.changed', member: { name: 'Nina', what: 'removed' } })
    expect((await book(`?by=${nina.member.id}`)).body.entries).toEqual([
      expect.objectContaining({
        type: 'order.moved',
        actor: 'counter',
        by: { id: nina.member.id, name: 'Nina' },
        order: expect.objectContaining({ id: order.id, number: '1', state: 'ready', version: 2 }),
      }),
    ])
    const page = (await book('?limit=2')).body
    const next = (await book(`?limit=2&before=${page.before}`)).body
    expect([...page.entries, ...next.entries].map((one: { position: number }) => one.position)).toEqual(
      entries.slice(0, 4).map((one: { position: number }) => one.position),
    )
  })

  it('[OWN-6] a customer and a stranger learn nothing of who it was', async () => {
    const { order, tracking } = await placeOrder(server, {}, { pizzeria: 'mimmo' })
    const cookie = await signIn(server, pin, 'mimmo').catch(() => signIn(server, '555666', 'mimmo'))
    await move(server, cookie, order, 'making')
    for (const stream of [`order:${tracking}`, 'board:mimmo'])
      expect(JSON.stringify((await snapshot(server, stream)).body)).not.toMatch(/Rosa|"by"|"actor"/)
  })
})

describe('a database of an earlier build', () => {
  it('[OWN-4] its PIN signs in, and is then asked to be changed', async () => {
    const past = layPast()
    const old = await startServer({
      databaseFile: past.databaseFile,
      at: facts.endsAt,
      env: { COMANDA_DEMO: '', COMANDA_DEMO_PIN: '' },
    })
    const answer = await request(old, 'POST', '/api/staff/sign-in', { body: { pizzeria: 'napoli', pin: facts.pin } })
    expect(answer).toMatchObject({ status: 200, body: { mustChangePin: true } })
    const body = { pin: facts.pin, newPin: '777888' }
    expect((await request(old, 'POST', '/api/staff/pin', { body, cookie: cookiesOf(answer) })).status).toBe(204)
    await old.stop()
    past.remove()
  })
})
