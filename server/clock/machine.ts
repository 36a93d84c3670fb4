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

/** What this machine says of the time. Its uptime goes on while it is suspended, unlike `performance.now()`. */
export function readMachine(clock: () => number): () => Reading {
  const boot = bootName()
  return () => ({ wall: clock(), up: uptime() * 1000, boot })
}
