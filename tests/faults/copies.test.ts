import { afterAll, describe, expect, it } from 'vitest'
import { codeOf, cookiesOf, placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { demoPin, startServer } from '../support/server.ts'

const server = await startServer({ env: { COMANDA_LOG: 'warn' } })
afterAll(() => server.stop())
const manager = await signIn(server)
const send = (method: string, path: string, cookie: string, body?: unknown) =>
  request(server, method, path, { cookie, ...(body !== undefined && { body }) })
const copy = (body: object, cookie = manager) => send('POST', '/api/pizzerias/napoli/copies', cookie, body)
const own = async (cookie: string) =>
  ((await send('GET', '/api/staff/pizzerias', cookie)).body as { id: string; isCurrent: boolean }[]).map(({ id }) => id)
const menuOf = async (pizzeria: string) => {
  const { categories, crusts, items, toppings, policies } = (await snapshot(server, `menu:${pizzeria}`)).body.state
  return { categories, crusts, items, toppings, policies }
}

describe('a second Napoli', () => {
  it('[OWN-7] has the menu and the settings of the first, and nothing else of it', async () => {
    const patch = (path: string, body: object) => send('PATCH', `/api/pizzerias/napoli${path}`, manager, body)
    await patch('/menu/items/margherita', { stock: 3 })
    await patch('/menu/toppings/basil', { available: false })
    await patch('', { lastOrderMinutes: 20, busyMinutes: 15, phone: '+33612345678', tables: [{ name: '7' }] })
    await patch('/menu/toppings/basil', { available: true })
    const { order } = await placeOrder(server, {}, { cookie: manager })
    const made = await copy({ id: 'mare', name: 'Napoli al mare', pin: '314159' })
    expect(made).toMatchObject({
      status: 201,
      body: { pizzeria: { id: 'mare', name: 'Napoli al mare' }, user: { pizzeria: 'mare', role: 'manager' } },
    })
    const there = cookiesOf(made)

    const [before, after] = [await menuOf('napoli'), await menuOf('mare')]
    const uncounted = { ...before, items: before.items.map((item: object) => ({ ...item, stock: null })) }
    expect(after).toEqual({ ...uncounted, policies: { ...before.policies, tableTokens: false } })
    const counter = (await snapshot(server, 'counter:mare', there)).body
    expect(counter.state).toMatchObject({
      orders: [],
      screens: [],
      pizzeria: { name: 'Napoli al mare', busyMinutes: 0, phone: null, address: null },
    })
    expect(counter.position).toBe(0)
    const staff = (await send('GET', '/api/pizzerias/mare/staff', there)).body
    expect(staff).toEqual([{ id: expect.any(String), name: 'Nonna Rosa', role: 'manager', mustChangePin: false }])
    expect(codeOf(await send('GET', `/api/pizzerias/mare/history/${order.id}`, there))).toBe('404 order.unknown')
    expect((await placeOrder(server, {}, { pizzeria: 'mare' })).order).toMatchObject({ number: 1, pizzeria: 'mare' })

    // What is changed in one stays as it is in the other.
    await send('PATCH', '/api/pizzerias/mare/menu/items/marinara', there, { available: false })
    expect(await menuOf('napoli')).toEqual(before)
  })

  it('[OWN-7] takes an id that nobody has, and a PIN of its own', async () => {
    expect(codeOf(await copy({ id: 'napoli', name: 'Again', pin: '314159' }))).toBe('409 pizzeria.exists')
    expect(codeOf(await copy({ id: 'reference', name: 'Again', pin: '314159' }))).toBe('409 pizzeria.exists')
    expect(codeOf(await copy({ id: 'monte', name: 'Again', pin: '2468' }))).toBe('400 request.invalid')
    expect(codeOf(await copy({ id: 'monte', name: 'Again' }))).toBe('400 request.invalid')
    expect((await snapshot(server, 'menu:monte')).status).toBe(404)
  })
})

describe('one person, several pizzerias', () => {
  it('[OWN-8] switches between them, and is in one at a time', async () => {
    const here = await signIn(server)
    const there = cookiesOf(await copy({ id: 'lago', name: 'Napoli al lago', pin: '271828' }, here))
    expect(await own(there)).toEqual(['lago', 'napoli'])
    expect((await snapshot(server, 'counter:lago', there)).status).toBe(200)
    expect(codeOf(await snapshot(server, 'counter:napoli', there))).toBe('403 staff.forbidden')

    const back = await send('POST', '/api/staff/switch', there, { pizzeria: 'napoli' })
    expect(back).toMatchObject({ status: 200, body: { pizzeria: 'napoli', role: 'manager' } })
    const again = cookiesOf(back)
    expect(await own(again)).toEqual(['napoli', 'lago'])
    expect(codeOf(await snapshot(server, 'counter:lago', again))).toBe('403 staff.forbidden')
    expect(codeOf(await send('POST', '/api/staff/switch', again, { pizzeria: 'mare' }))).toBe('404 pizzeria.unknown')

    // Whoever takes the tablet next finds none of them, whatever they have kept.
    expect((await send('POST', '/api/staff/sign-out', again)).status).toBe(204)
    for (const cookie of [here, there, again])
      expect(codeOf(await send('GET', '/api/staff/pizzerias', cookie))).toBe('401 staff.sign_in')
  })

  it('[OWN-8] keeps a sign-in elsewhere with the same PIN, and none of somebody else', async () => {
    const signInAt = async (pizzeria: string, pin: string, cookie: string) =>
      cookiesOf(await send('POST', '/api/staff/sign-in', cookie, { pizzeria, pin }))
    const here = await signIn(server)
    expect(await own(await signInAt('lago', '271828', here))).toEqual(['lago'])
    const lago = await signIn(server, '271828', 'lago')
    await send('POST', '/api/pizzerias/lago/staff', lago, { name: 'Rosa', role: 'manager', pin: '161803' })
    await send('POST', '/api/pizzerias/napoli/staff', here, { name: 'Rosa', role: 'manager', pin: '161803' })
    const rosa = await signInAt('napoli', '161803', await signIn(server, '161803', 'lago'))
    expect(await own(rosa)).toEqual(['napoli', 'lago'])
    expect(await own(await signInAt('napoli', demoPin, rosa))).toEqual(['napoli'])
  })
})
