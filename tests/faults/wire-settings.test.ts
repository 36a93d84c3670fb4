import { describe, expect, it } from 'vitest'
import type { Menu } from '../../shared/menu/menu.ts'
import { codeOf, cookiesOf, orderBody, placeOrder, postOrder, request, snapshot } from '../support/orders.ts'
import { demoPin } from '../support/server.ts'
import { eventsWritten } from '../support/watching.ts'
import { openWire } from '../support/wire.ts'

const { server, staff, joined } = await openWire()
const change = (body: unknown, cookie = staff) =>
  request(server, 'PATCH', '/api/pizzerias/napoli', { body, ...(cookie && { cookie }) })
const signInAs = async (role: string) =>
  cookiesOf(await request(server, 'POST', '/api/staff/sign-in', { body: { pizzeria: 'napoli', pin: demoPin, role } }))
const menu = async () => (await snapshot(server, 'menu:napoli')).body.state as Menu

describe('settings', () => {
  it('[SET-1] [SET-2] are set by the manager, and every open menu has them', async () => {
    const socket = await joined({ stream: 'menu:napoli' })
    const answer = await change({
      country: 'DE',
      phone: '030/123456',
      address: ' Via  Roma 1 \u202E',
      lastOrderMinutes: 20,
      patienceMinutes: 5,
      phoneRequired: true,
      calledAs: 'initial',
    })
    expect(answer.status).toBe(200)
    const set = { country: 'DE', phone: '+4930123456', address: 'Via Roma 1' }
    const rules = { lastOrderMinutes: 20, patienceMinutes: 5, phoneRequired: true, calledAs: 'initial' }
    expect(answer.body).toMatchObject({ pizzeria: set, policies: { ...rules, acceptByHand: false } })
    expect(await menu()).toMatchObject({ pizzeria: set, policies: rules })
    const event = await socket.next('event', ({ type }) => type === 'menu.changed')
    expect(event.data).toMatchObject({ pizzeria: set, policies: rules })
    const nobody = { name: 'Ada Lovelace' }
    expect(codeOf(await postOrder(server, orderBody({ total: 950, customer: nobody })))).toBe(
      '422 order.phone_required',
    )
    const { order } = await placeOrder(server, { customer: { ...nobody, phone: '030 987654' } })
    const { entries } = (await snapshot(server, 'board:napoli')).body.state
    expect(entries.find(({ id }: { id: string }) => id === order.id)).toMatchObject({ name: 'Ada L.' })
    await change({ phoneRequired: false, phone: null, address: null, country: 'FR', calledAs: 'first' })
    expect((await menu()).pizzeria).toMatchObject({ phone: null, address: null, country: 'FR' })
    socket.close()
  })

  it('[SET-1] are refused with a code when they are impossible, and nothing is written', async () => {
    const before = eventsWritten(server.databaseFile)
    const wrong: unknown[] = [
      {},
      [],
      null,
      7,
      '[',
      { nonsense: 1 },
      { country: 'XX' },
      { country: 'fr' },
      { phone: '' },
      { phone: 'call me' },
      { phone: '12' },
      { address: 'x'.repeat(201) },
      { lastOrderMinutes: -1 },
      { lastOrderMinutes: 1e9 },
      { patienceMinutes: 2.5 },
      { phoneRequired: 'yes' },
      { acceptByHand: null },
      { calledAs: 'nickname' },
      { busyMinutes: 1e9 },
      { pausedUntil: 'tomorrow' },
      { pausedUntil: '2026-02-30T10:00:00Z' },
      { settings: { kitchen: {} } },
    ]
    for (const body of wrong) {
      const answer = await change(body)
      expect(codeOf(answer), JSON.stringify(body)).toMatch(
        /^(400 request\.(invalid|malformed)|422 order\.phone_invalid)$/,
      )
    }
    expect(eventsWritten(server.databaseFile)).toBe(before)
  })

  it("[SET-1] are not the counter's: it pauses and slows down only", async () => {
    const counter = await signInAs('counter')
    expect((await change({ busyMinutes: 10 }, counter)).status).toBe(200)
    expect((await change({ busyMinutes: 0, pausedUntil: null }, counter)).status).toBe(200)
    expect(codeOf(await change({ busyMinutes: 0, country: 'IT' }, counter))).toBe('403 staff.forbidden')
    expect(codeOf(await change({ busyMinutes: 0 }, await signInAs('kitchen')))).toBe('403 staff.forbidden')
    expect(codeOf(await change({ busyMinutes: 0 }, ''))).toBe('401 staff.sign_in')
  })

  it('[SET-2] [ORD-18] apply to the next order: accepting by hand', async () => {
    await change({ acceptByHand: true })
    expect((await menu()).policies.acceptByHand).toBe(true)
    expect((await placeOrder(server)).order.state).toBe('pending')
    await change({ acceptByHand: false })
    expect((await placeOrder(server)).order.state).toBe('queued')
  })
})
