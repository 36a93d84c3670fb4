import { describe, expect, it } from 'vitest'
import { codeOf, cookiesOf, line, placeOrder, quote, request } from '../support/orders.ts'
import { demoPin } from '../support/server.ts'
import { openWire } from '../support/wire.ts'

const { server, staff, getAs } = await openWire()
const signInAs = async (role: string) =>
  cookiesOf(await request(server, 'POST', '/api/staff/sign-in', { body: { pizzeria: 'napoli', pin: demoPin, role } }))
const start = (cookie = staff) => getAs('/api/pizzerias/napoli/start', cookie)
const change = (body: unknown) => request(server, 'PATCH', '/api/pizzerias/napoli', { body, cookie: staff })

describe('the guide', () => {
  it('[OWN-20] says what is there, and nothing else', async () => {
    await change({ phone: null, address: null, hours: null })
    const before = (await start()).body
    expect(before).toMatchObject({ shop: false, hours: false, screens: 0, tables: 0, trial: false, orders: false })
    expect(before.dishes).toBeGreaterThan(10)
    await change({ phone: '01 23 45 67 89', hours: [], tables: [{ name: '1' }, { name: '2' }] })
    expect((await start()).body).toEqual({ ...before, shop: true, hours: true, tables: 2 })

    // Closed all week: the owner tries it in the morning all the same.
    const { lines, total } = { lines: [line()], total: 950 }
    const trial = { mode: 'pickup', customer: { name: 'Trial' }, lines, total, test: true }
    const placed = await request(server, 'POST', '/api/pizzerias/napoli/orders', {
      body: trial,
      cookie: staff,
      headers: { 'idempotency-key': 'a-trial-order' },
    })
    expect(placed).toMatchObject({ status: 201, body: { order: { test: true, number: 1, state: 'queued' } } })
    expect((await start()).body).toMatchObject({ trial: true, orders: false })
    await change({ phone: null, hours: null, tables: [] })
    expect((await start()).body).toEqual({ ...before, trial: true })
    await placeOrder(server, { total: (await quote(server, { mode: 'pickup', lines })).total })
    expect((await start()).body).toEqual({ ...before, trial: true, orders: true })
  })

  it("[OWN-20] is the manager's", async () => {
    expect(codeOf(await getAs('/api/pizzerias/napoli/start'))).toBe('401 staff.sign_in')
    expect(codeOf(await start(await signInAs('counter')))).toBe('403 staff.forbidden')
  })
})

describe('the address on the codes', () => {
  it('[OWN-21] is one of this machine with the port of the request, told to staff alone', async () => {
    const { body } = await getAs('/api/pizzerias/napoli/addresses', staff)
    const port = new URL(server.url).port
    for (const address of body.addresses)
      expect(address).toMatch(new RegExp(`^http://\\d+\\.\\d+\\.\\d+\\.\\d+:${port}/$`))
    expect(codeOf(await getAs('/api/pizzerias/napoli/addresses'))).toBe('401 staff.sign_in')
    expect(codeOf(await getAs('/api/pizzerias/napoli/addresses', await signInAs('kitchen')))).toBe(
      '403 staff.forbidden',
    )
  })
})

describe('public holidays', () => {
  it('[OWN-22] of the country and its parts, for a year, in the language that was asked for', async () => {
    const holidays = (query = '') => getAs(`/api/pizzerias/napoli/holidays${query}`, staff)
    await change({ country: 'FR' })
    const french = (await holidays('?language=fr')).body.holidays as { date: string; name: string }[]
    expect(french.map(({ name }) => name)).toContain('Noël')
    expect(new Set(french.map(({ date }) => date)).size).toBe(french.length)
    const today = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
    expect(french.every(({ date }) => date >= today)).toBe(true)
    await change({ country: 'DE' })
    const [whole, bavaria] = [(await holidays()).body, (await holidays('?region=BY')).body]
    expect(whole.regions).toContainEqual({ code: 'BY', name: expect.any(String) })
    expect(bavaria.holidays.length).toBeGreaterThan(whole.holidays.length)
    await change({ country: 'FR' })
    expect(codeOf(await holidays('?language=xx'))).toBe('400 request.invalid')
    expect(codeOf(await getAs('/api/pizzerias/napoli/holidays'))).toBe('401 staff.sign_in')
    expect(codeOf(await getAs('/api/pizzerias/napoli/holidays', await signInAs('counter')))).toBe('403 staff.forbidden')
  })
})
