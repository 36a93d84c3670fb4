import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createSharedClock } from '../../server/ground/clock.ts'
import { createTrustedClock, maxOffMs, type Reading } from '../../server/ground/trusted-clock.ts'
import { businessDay, businessDays } from '../../shared/menu/hours.ts'
import { seed } from '../support/seed.ts'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
const friday = Date.parse('2026-10-23T17:00:00Z')

/** A machine whose clock somebody sets: real time goes on, `wall` is what it says. */
function createMachine(real = friday) {
  const machine = { real, up: 5 * day, boot: 'a', off: 0 }
  return {
    machine,
    read: (): Reading => ({ wall: machine.real + machine.off, up: machine.up, boot: machine.boot }),
    pass(ms: number) {
      machine.real += ms
      machine.up += ms
    },
    /** Off for so long, and on again. */
    reboot(ms: number) {
      machine.real += ms
      machine.up = 10_000
      machine.boot += 'b'
    },
  }
}

describe(`a clock that somebody sets (COMANDA_SEED=${seed})`, () => {
  it('[CLK-1] is followed while it moves as time does, and no further', () => {
    const { machine, read, pass } = createMachine()
    const clock = createTrustedClock(read)
    pass(hour)
    machine.off = 40_000
    expect([clock.off(), clock.now()]).toEqual([null, machine.real + 40_000])
    machine.off += day
    pass(minute)
    expect(clock.off()).toBe(day)
    expect(clock.now()).toBe(machine.real + 40_000)
    // Put right by itself.
    machine.off = 40_000
    expect([clock.off(), clock.now()]).toEqual([null, machine.real + 40_000])
    machine.off = -30 * day
    expect(clock.off()).toBe(-30 * day - 40_000)
    clock.confirm()
    expect([clock.off(), clock.now()]).toEqual([null, machine.real - 30 * day])
  })

  it('[CLK-1] a machine that slept has slept: its uptime says so, and nothing has jumped', () => {
    const { machine, read, pass } = createMachine()
    const clock = createTrustedClock(read)
    pass(9 * hour)
    expect([clock.off(), clock.now()]).toEqual([null, machine.real])
  })

  it('[CLK-1] a restart of the server hides no jump; a night, or a week, in which the machine was off is none', () => {
    const { machine, read, pass, reboot } = createMachine()
    let clock = createTrustedClock(read)
    const restart = () => {
      const kept = clock.kept()
      clock = createTrustedClock(read)
      clock.restore(kept)
    }
    machine.off = day
    pass(minute)
    restart()
    expect(clock.off()).toBe(day)
    machine.off = 0
    expect(clock.off()).toBe(null)
    for (const away of [9 * hour, 6 * day]) {
      const kept = clock.kept()
      reboot(away)
      clock.restore(kept)
      expect([away, clock.off(), clock.now()]).toEqual([away, null, machine.real])
    }
    const kept = clock.kept()
    reboot(30 * day)
    clock.restore(kept)
    expect(clock.off()).toBe(30 * day)
  })

  it('[CLK-1] without a battery it begins in 1970, and is believed once the network has put it right', () => {
    const { machine, read, pass, reboot } = createMachine()
    const clock = createTrustedClock(read)
    const kept = clock.kept()
    reboot(10 * hour)
    machine.off = -machine.real
    clock.restore(kept)
    expect(clock.off()).toBeLessThan(-50 * 365 * day)
    expect(clock.now()).toBe(kept.at)
    pass(minute)
    machine.off = 0
    expect([clock.off(), clock.now()]).toEqual([null, machine.real])
  })

  it('[CLK-4] says when an order is due: never years early, never late because of a clock that is behind', () => {
    const { machine, read } = createMachine()
    const clock = createTrustedClock(read)
    machine.off = 3 * hour
    expect(clock.due()).toBe(machine.real + 3 * hour)
    machine.off = 400 * day
    expect(clock.due()).toBe(machine.real)
    machine.off = -400 * day
    expect(clock.due()).toBe(machine.real)
  })

  const jump = fc.oneof(
    fc.integer({ min: -400, max: 400 }).map((days) => days * day),
    fc.integer({ min: -48, max: 48 }).map((hours) => hours * hour),
    fc.constantFrom(0, -friday, 50 * 365 * day, 61_000, -61_000),
  )
  const act = fc.oneof(
    fc.record({ name: fc.constant('pass' as const), ms: fc.integer({ min: 1000, max: 14 * hour }) }),
    fc.record({ name: fc.constant('set' as const), off: jump }),
    fc.record({ name: fc.constant('order' as const), aheadMs: fc.integer({ min: 15 * minute, max: 3 * hour }) }),
    fc.record({ name: fc.constant('restart' as const) }),
  )
  // Both nights of 2026 on which the clocks change in Europe lie within the days that pass.
  const zone = fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Kathmandu')
  const start = fc.constantFrom(friday, Date.parse('2026-03-28T15:00:00Z'), Date.parse('2026-06-12T10:00:00Z'))

  it('[CLK-1] [CLK-3] [CLK-5] [ORD-9] whatever it does: a number always, and none twice', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), zone, start, (acts, timezone, from) => {
        const { machine, read, pass } = createMachine(from)
        let clock = createTrustedClock(read)
        const last = new Map<string, number>()
        const given = new Set<string>()
        for (const one of acts) {
          switch (one.name) {
            case 'pass':
              pass(one.ms)
              break
            case 'set':
              machine.off = one.off
              break
            case 'restart': {
              const kept = clock.kept()
              clock = createTrustedClock(read)
              clock.restore(kept)
              break
            }
            case 'order': {
              const promise = read().wall + one.aheadMs
              const days = businessDays(promise, clock.off() ?? 0, timezone)
              const number = Math.max(...days.map((name) => last.get(name) ?? 0)) + 1
              for (const name of days) last.set(name, number)
              // The day that people in the shop live in, and the one that the order is filed under.
              const lived = businessDay(machine.real + one.aheadMs, timezone)
              for (const name of new Set([`lived ${lived}`, `filed ${days[0]!}`])) {
                expect(given.has(`${name} ${number}`), name).toBe(false)
                given.add(`${name} ${number}`)
              }
            }
          }
          // What is believed is real time, within the minute that may pass unnoticed at each setting.
          expect(Math.abs(clock.now() - machine.real)).toBeLessThanOrEqual(acts.length * maxOffMs)
          expect(clock.careful()).toBeLessThanOrEqual(clock.now())
        }
      }),
      { seed, numRuns: 400 },
    )
  })
})

it("[BUS-4] a node whose clock somebody sets goes on telling the database's time", async () => {
  const own = { ms: 5 * day }
  const database = { now: friday }
  const pass = (ms: number) => {
    own.ms += ms
    database.now += ms
  }
  const store = { read: (work: (tx: object) => unknown) => work({ now: async () => database.now }) }
  const shared = createSharedClock(store as never, () => own.ms)
  await shared.measure()
  expect(shared.now()).toBe(friday)
  vi.useFakeTimers({ toFake: ['Date'], now: friday + hour })
  pass(400.5)
  expect(shared.now()).toBe(friday + 400)
  vi.useRealTimers()
  // The database's own clock is the one that counts, also when somebody sets that.
  database.now += hour
  await shared.measure()
  expect(shared.now()).toBe(friday + hour + 400)
})

it('[BUS-4] a machine that answers slowly at the start is believed all the same, and later it is not', async () => {
  const own = { ms: 0 }
  const slow = { ms: 3000 }
  const store = {
    read: (work: (tx: object) => unknown) => work({ now: async () => friday + (own.ms += slow.ms) }),
  }
  const shared = createSharedClock(store as never, () => own.ms)
  await shared.measure()
  const first = shared.now()
  expect(Math.abs(first - friday - own.ms)).toBeLessThan(slow.ms)
  await shared.measure()
  expect(shared.now() - first).toBe(2 * slow.ms)
})
