import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'
import type { Reading } from '../ground/trusted-clock.ts'

/** Linux names each boot; elsewhere every restart of the process counts as one of the machine. */
function bootName(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

/** ms after which the uptime is read again, and by how much wall and monotonic clock may part before that. */
const readEveryMs = 1_000
const partedMs = 50

/**
 * What this machine says of the time. Its uptime goes on while it is suspended, unlike `performance.now()`. It is a
 * file that the system writes anew for each reader (30 µs), and every request asks, so it is only read again after a
 * second, or at once where the wall clock and the monotonic one have parted: somebody set the clock, or the machine
 * slept.
 */
export function readMachine(clock: () => number): () => Reading {
  const boot = bootName()
  let last: { wall: number; up: number; at: number } | undefined
  return () => {
    const [wall, at] = [clock(), performance.now()]
    const passed = last ? at - last.at : Number.POSITIVE_INFINITY
    if (!last || passed > readEveryMs || Math.abs(wall - last.wall - passed) > partedMs)
      last = { wall, up: uptime() * 1000, at }
    return { wall, up: last.up + (at - last.at), boot }
  }
}
