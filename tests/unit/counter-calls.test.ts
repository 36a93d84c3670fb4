import { describe, expect, it } from 'vitest'
import { endOfDay } from '../../shared/menu/until'
import { callsDue, nextCall } from '../../shared/order/calls'
import type { BoardEntry } from '../../shared/order/views'
import { nearest } from '../../composables/nearest'

const ready = Date.parse('2026-11-24T19:00:00.000Z')
const entry = (id: string, seconds = 0): BoardEntry => ({
  id,
  number: 1,
  name: 'Ada',
  state: 'ready',
  version: 2,
  readyAt: new Date(ready + seconds * 1000).toISOString(),
  updatedAt: '2026-11-24T18:00:00.000Z',
  test: false,
})

describe('calls on the board', () => {
  it('come at once, after 2 and after 5 minutes', () => {
    expect([0, 119, 120, 299, 300].map((seconds) => callsDue(entry('a'), ready + seconds * 1000))).toEqual([
      1, 1, 2, 2, 3,
    ])
  })

  it('let a first call go before a repeated one', () => {
    expect(nextCall([entry('old'), entry('new', 119)], new Map([['old', 1]]), ready + 121_000)).toEqual({
      id: 'new',
      round: 1,
    })
  })

  it('are not made twice, and not made up for after a disconnect', () => {
    expect(nextCall([entry('a')], new Map([['a', 1]]), ready + 5000)).toBeNull()
    expect(nextCall([entry('a')], new Map(), ready + 100_000)).toBeNull()
    expect(nextCall([entry('a')], new Map(), ready + 125_000)).toEqual({ id: 'a', round: 2 })
  })
})

describe('the end of a business day', () => {
  const end = (now: string, zone: string, days = 0) => new Date(endOfDay(Date.parse(now), zone, days)).toISOString()
  it('is five in the morning by the pizzeria’s wall clock', () => {
    expect(end('2026-11-24T19:00:00Z', 'Europe/Paris')).toBe('2026-11-25T04:00:00.000Z')
    expect(end('2026-11-25T02:00:00Z', 'Europe/Paris')).toBe('2026-11-25T04:00:00.000Z')
    expect(end('2026-11-24T19:00:00Z', 'Europe/Paris', 1)).toBe('2026-11-26T04:00:00.000Z')
  })
  it('stays at five over a night in which the clocks change', () => {
    expect(end('2026-10-24T20:00:00Z', 'Europe/Paris')).toBe('2026-10-25T04:00:00.000Z')
    expect(end('2026-03-28T20:00:00Z', 'Europe/Paris')).toBe('2026-03-29T03:00:00.000Z')
  })
})

describe('arrow keys', () => {
  const box = (left: number, top: number) => ({ left, top, width: 100, height: 100 })
  const all = [box(0, 0), box(0, 120), box(120, 0), box(120, 130)]
  it('go to the next card in that direction, and nowhere at the edge', () => {
    expect(nearest(all[0]!, all, 'down')).toBe(1)
    expect(nearest(all[0]!, all, 'right')).toBe(2)
    expect(nearest(all[3]!, all, 'left')).toBe(1)
    expect(nearest(all[3]!, all, 'up')).toBe(2)
    expect(nearest(all[0]!, all, 'up')).toBe(-1)
  })
})
