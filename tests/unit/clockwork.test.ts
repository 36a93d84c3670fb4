import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startClockwork } from '../../server/system/clockwork.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** How often a node compares its heads with the log in ten seconds; every other task fails, which stops no task. */
async function tailsOf(bus: object | null) {
  let tails = 0
  const hub = { tail: async () => void (tails += 1) }
  const stop = startClockwork({ bus, hub, logger: { error() {} } } as never)
  await vi.advanceTimersByTimeAsync(10_000)
  stop()
  return tails
}

it('[SRV-4] [BUS-2] a node among others reads the heads twice a second, a node alone once', async () => {
  expect(await tailsOf({})).toBe(20)
  expect(await tailsOf(null)).toBe(10)
})
