import { describe, expect, it } from 'vitest'
import type { OrderLine } from '#shared/menu/line'
import { priceLine } from '#shared/menu/pricing'
import { oneOf, standing, tapTopping } from '#shared/menu/tap'
import { fromWall, toWall } from '#shared/menu/wall-time'
import type { Order } from '#shared/order/order'
import { amendmentOf, emptyForm, formOf, linesOf, placeOf } from '#shared/order/pad'
import { itemOf, napoliMenu } from '../support/napoli.ts'

const menu = napoliMenu()
const margherita = itemOf(menu, 'margherita')
const timezone = 'Europe/Paris'
const order = {
  version: 3,
  mode: 'table',
  table: '7',
  customer: { name: 'Ada', phone: '+33612345678' },
  lines: [priceLine(menu, oneOf(menu, margherita)) as OrderLine],
  note: 'hurry',
  wantedAt: '2026-11-27T18:30:00.000Z',
} as Order

describe('the pad', () => {
  it('[CTR-3] a tap on a topping adds it, then more of it, then nothing; what is on it comes off and back', () => {
    let line = oneOf(menu, margherita)
    const states = (topping: string, taps: number) =>
      Array.from({ length: taps }, () => {
        line = tapTopping(menu, margherita, line, topping)
        return standing(menu, margherita, line, topping)
      })
    expect(states('olives', 3)).toEqual(['added', 'extra', 'off'])
    expect(states('basil', 2)).toEqual(['removed', 'on'])
    expect(line).toEqual(oneOf(menu, margherita))
  })

  it('[CTR-3] somebody without a name is a guest; a later time is read on the clock of the pizzeria', () => {
    const written = { form: { ...emptyForm, later: '2026-11-27T19:30' }, lines: linesOf(order), total: 950, timezone }
    expect(placeOf(written, 'Guest')).toMatchObject({
      mode: 'pickup',
      customer: { name: 'Guest' },
      for: '2026-11-27T18:30:00.000Z',
    })
    expect(placeOf(written, 'Guest')).not.toHaveProperty('table')
  })

  it('[CTR-4] only what differs is sent, and nothing where nothing does', () => {
    const form = formOf(order, timezone)
    expect(form.later).toBe('2026-11-27T19:30')
    const amend = (change: Partial<typeof form>, lines = linesOf(order)) =>
      amendmentOf(order, { form: { ...form, ...change }, lines, total: 1900, timezone })
    expect(amend({})).toBeNull()
    expect(amend({ name: '  ' })).toBeNull()
    expect(amend({ note: '' })).toEqual({ ifVersion: 3, note: '' })
    expect(amend({ phone: '' })).toEqual({ ifVersion: 3, customer: { phone: null } })
    expect(amend({ table: '', later: '' })).toEqual({ ifVersion: 3, table: null, for: null })
    const two = [{ ...linesOf(order)[0]!, quantity: 2 }]
    expect(amend({}, two)).toEqual({ ifVersion: 3, lines: two, total: 1900 })
  })

  it('[CTR-3] a time in a field is the same moment again, also when the clocks change', () => {
    for (const at of ['2026-03-29T00:30:00.000Z', '2026-03-29T01:00:00.000Z', '2026-10-25T00:30:00.000Z'])
      expect(fromWall(toWall(Date.parse(at), timezone), timezone)).toBe(Date.parse(at))
    for (const none of ['', 'now', '2026-13-01T10:00']) expect(fromWall(none, timezone)).toBeNull()
  })
})
