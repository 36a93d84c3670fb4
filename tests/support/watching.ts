import { readFileSync } from 'node:fs'
import SQLite from 'better-sqlite3'
import { expect, vi } from 'vitest'
import type { Snapshot } from '../../shared/live/messages.ts'
import type { Reader } from './live-reader.ts'
import { snapshot, type Target } from './orders.ts'

/** The long forms of the fault tests: real minutes instead of seconds that prove the same. */
export const long = process.env.COMANDA_LONG === '1'

/** Waits until `check` no longer throws, up to `ms`, on a machine that others use too. */
export const eventually = <T>(check: () => T | Promise<T>, ms = 20_000) =>
  vi.waitFor(check, { timeout: ms, interval: 25 })

/**
 * All are live and hold what the server holds, within `ms` (I3, I8), and no guarantee was broken on the way (I2, I4,
 * I5).
 */
export async function expectConverged(
  target: Target,
  readers: Reader[],
  { cookie, ms }: { cookie?: string; ms?: number } = {},
) {
  for (const reader of readers) {
    await eventually(async () => {
      expect(reader.status()).toMatchObject({ name: 'live' })
      const answer = await snapshot(target, reader.stream, cookie)
      expect(answer.status).toBe(200)
      expect(reader.differs(answer.body as Snapshot)).toEqual([])
    }, ms)
    expect(reader.faults).toEqual([])
  }
}

/** Resident memory of a process, MB. */
export const residentMb = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

/** CPU time that a process has used so far, ms: what else the machine does meanwhile is not in it. */
export function cpuMs(pid: number): number {
  const [, after] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user, system] = after!.split(' ').slice(11, 13).map(Number) as [number, number]
  // Told in hundredths of a second.
  return (user + system) * 10
}

/** A figure of `/metrics`, all of its labels added up. */
export async function figure(target: Target, name: string): Promise<number> {
  const text = await (await fetch(`${target.url}/metrics`)).text()
  // Without a single label it has no line yet and is 0; but an unknown name is an error.
  if (!text.includes(`# TYPE ${name} `)) throw new Error(`/metrics has no ${name}`)
  return [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? ([\\d.e+-]+)$`, 'gm'))].reduce(
    (sum, [, value]) => sum + Number(value),
    0,
  )
}

/** How many events orders, menu and pizzeria have written. What kitchen screens cause by the clock is not counted. */
export function eventsWritten(databaseFile: string): number {
  const database = openDatabase(databaseFile)
  const [row] = database.all<{ count: number }>("select count(*) as count from events where subject <> 'kitchen'")
  database.close()
  return row!.count
}

/** Another process on the same database file, such as a backup tool or a manual repair. */
export function openDatabase(databaseFile: string) {
  const client = new SQLite(databaseFile, { timeout: 5000 })
  return {
    run: (text: string, ...values: unknown[]) => client.prepare(text).run(...values),
    all: <Row>(text: string, ...values: unknown[]) => client.prepare(text).all(...values) as Row[],
    /** Keeps every other writer out. */
    lock: () => client.exec('BEGIN IMMEDIATE'),
    unlock: () => client.exec('ROLLBACK'),
    /** After a restore, as docs/operations.md describes it. */
    newEpoch: () => client.exec('update log set epoch = lower(hex(randomblob(6)))'),
    close: () => client.close(),
  }
}
