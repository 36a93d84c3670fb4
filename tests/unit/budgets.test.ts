import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterUse, levelOf, waitFor, waitForShare, type Budget } from '../../server/budgets/budget.ts'
import { budgets } from '../../server/budgets/table.ts'
import { addressKey, hashWho } from '../../server/budgets/who.ts'
import { seed } from '../support/seed.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const budget: Budget = { limit: 10, perMs: hour }

describe('a budget', () => {
  it('[BDG-1] gives all it has at once, then what refills, and says how long that takes', () => {
    let until = 0
    for (let use = 0; use < 10; use++) {
      expect(waitFor(budget, until, 1, hour)).toBe(0)
      until = afterUse(budget, until, 1, hour)
    }
    expect(waitFor(budget, until, 1, hour)).toBe(6 * minute)
    expect(waitFor(budget, until, 1, hour + 6 * minute)).toBe(0)
    expect(levelOf(budget, until, 2 * hour)).toBe(0)
    expect(levelOf(budget, afterUse(budget, until, -4, hour), hour)).toBe(6)
  })

  it('[BDG-1] whatever the clock does, nobody waits longer than a full refill takes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2e12 }), fc.nat({ max: 2e12 }), fc.integer({ min: 1, max: 10 }), (then, now, uses) => {
        let until = 0
        for (let use = 0; use < uses; use++) until = afterUse(budget, until, 1, then)
        expect(waitFor(budget, until, 1, now)).toBeLessThanOrEqual(budget.perMs / budget.limit)
        expect(waitFor(budget, until, 1, now + budget.perMs)).toBeLessThanOrEqual(budget.perMs / budget.limit)
      }),
      { seed },
    )
  })
})

describe('PINs', () => {
  const { pin } = budgets
  /** Tries whenever it may, for an hour; returns how many tries got through. */
  function guess(addresses: number, everyMs: number) {
    const all = { until: 0 }
    const ones = Array.from({ length: addresses }, () => ({ until: 0 }))
    const tried = ones.map(() => 0)
    const attempt = (one: { until: number }, now: number) => {
      if (waitForShare(pin, { all: all.until, one: one.until }, now) > 0) return false
      one.until = afterUse(pin.one, one.until, 1, now)
      all.until = afterUse(pin.all, all.until, 1, now)
      return true
    }
    for (let now = hour; now < 2 * hour; now += everyMs)
      for (const [index, one] of ones.entries()) if (attempt(one, now)) tried[index]! += 1
    return { tried, newcomer: () => waitForShare(pin, { all: all.until, one: 0 }, 2 * hour) }
  }

  it('[BDG-6] fewer than 50 tries an hour, from one address or from a thousand', () => {
    for (const addresses of [1, 2, 10, 100, 1000]) {
      const sum = guess(addresses, 5 * second).tried.reduce((total, tries) => total + tries, 0)
      expect(sum, `${addresses} addresses`).toBeLessThan(50)
      expect(sum).toBeGreaterThan(10)
    }
  })

  it('[BDG-6] after an hour of ten addresses a new person is let in within a minute', () => {
    expect(guess(10, 5 * second).newcomer()).toBeLessThanOrEqual(minute)
  })

  it('[BDG-6] one address has ten tries at once; the waits grow after that', () => {
    const until = { all: 0, one: 0 }
    const waits: number[] = []
    for (let use = 0; use < 14; use++) {
      waits.push(waitForShare(pin, until, hour))
      until.one = afterUse(pin.one, until.one, 1, hour)
      until.all = afterUse(pin.all, until.all, 1, hour)
    }
    expect(waits.slice(0, 10)).toEqual(Array(10).fill(0))
    expect(waits[10]).toBeGreaterThan(minute)
    expect(waits[12]).toBeGreaterThan(waits[11]!)
  })
})

describe('the source of a request', () => {
  it('[BDG-1] an IPv6 address counts by its /64, an IPv4 address in any notation by itself', () => {
    const key = addressKey('2001:db8:0:1::1')
    expect(addressKey('2001:0DB8:0000:0001:ffff:ffff:ffff:ffff')).toBe(key)
    expect(addressKey('2001:db8:0:1:1:2:3:4%eth0')).toBe(key)
    expect(addressKey('2001:db8:0:2::1')).not.toBe(key)
    expect(addressKey('::1')).toBe('0:0:0:0::/64')
    expect(addressKey('::ffff:10.0.0.7')).toBe('10.0.0.7')
    expect(addressKey('10.0.0.7')).toBe('10.0.0.7')
  })

  it('[BDG-1] what is stored of an address cannot be read back', () => {
    const hash = hashWho('secret', 'address 10.0.0.7')
    expect(hash).toMatch(/^[\w-]{16}$/)
    expect(hashWho('another', 'address 10.0.0.7')).not.toBe(hash)
  })
})
