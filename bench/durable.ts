import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BareLoad, BareResult } from './durable-bare.ts'
import type { DurableLoad, DurableResult } from './durable-writers.ts'
import { median } from './lib/figures.ts'
import { startTalker } from './lib/process.ts'

/** `single`: one commit per order, as most shops do it. */
export interface DurableRow {
  writers: number
  /** See `DurableLoad`. */ slowerBy: number
  group: DurableResult
  single: DurableResult
}
export interface DurableReport {
  /** What a flush of 4 KB takes on this disk, ms (median). */
  flushMs: number
  rows: DurableRow[]
  /** Orders/s of bare statements on the same tables, without rules: the limit of this disk. */
  bare: { group: number; single: number }
}

/** A flush of a disk that really flushes and has no battery: consumer SSDs and eMMC take some milliseconds. */
const slowDiskMs = 4

export async function measureDurable({
  writers,
  rounds,
  seconds,
}: {
  writers: number[]
  rounds: number
  seconds: number
}): Promise<DurableReport> {
  const flushMs = measureFlush()
  const rows: DurableRow[] = []
  for (const count of writers) rows.push(await measure({ writers: count, seconds, slowerBy: 0 }, rounds))
  rows.push(await measure({ writers: 64, seconds, slowerBy: slowDiskMs }, rounds))
  const bare = { group: await bareOnce({ perCommit: 64, seconds }), single: await bareOnce({ perCommit: 1, seconds }) }
  console.log(
    `durable, bare statements: ${Math.round(bare.group)}/s in commits of 64, ${Math.round(bare.single)}/s one by ` +
      `one; a flush takes ${flushMs.toFixed(2)} ms`,
  )
  return { flushMs, rows, bare }
}

async function measure(load: Omit<DurableLoad, 'batch'>, rounds: number): Promise<DurableRow> {
  const group: DurableResult[] = []
  const single: DurableResult[] = []
  for (let round = 1; round <= rounds; round++) {
    const both = [
      async () => group.push(await once({ ...load, batch: 128 })),
      async () => single.push(await once({ ...load, batch: 1 })),
    ]
    // A disk that was just written to behaves differently, so each variant goes first in turn.
    for (const run of round % 2 ? both : both.reverse()) await run()
    console.log(
      `durable, ${load.writers} writers${load.slowerBy ? `, a flush ${load.slowerBy} ms slower` : ''}, round ` +
        `${round}/${rounds}: ${Math.round(group.at(-1)!.perSecond)}/s in groups, ` +
        `${Math.round(single.at(-1)!.perSecond)}/s one by one`,
    )
  }
  return { writers: load.writers, slowerBy: load.slowerBy, group: middle(group), single: middle(single) }
}

const once = (load: DurableLoad) => ask<DurableResult>('durable-writers.ts', load)
const bareOnce = async (load: BareLoad) => (await ask<BareResult>('durable-bare.ts', load)).perSecond

async function ask<Result>(file: string, load: object): Promise<Result> {
  const writers = startTalker<Result>(new URL(file, import.meta.url), load)
  try {
    return await writers.next()
  } finally {
    await writers.stop()
  }
}

function measureFlush(): number {
  const folder = mkdtempSync(join(tmpdir(), 'comanda-flush-'))
  const file = openSync(join(folder, 'flush'), 'w')
  const page = Buffer.alloc(4096, 1)
  const took = Array.from({ length: 200 }, () => {
    writeSync(file, page)
    const start = performance.now()
    fdatasyncSync(file)
    return performance.now() - start
  })
  closeSync(file)
  rmSync(folder, { recursive: true })
  return median(took)
}

export function middle(results: DurableResult[]): DurableResult {
  const of = (read: (result: DurableResult) => number) => median(results.map(read))
  const sum = (read: (result: DurableResult) => number) => results.reduce((total, result) => total + read(result), 0)
  return {
    perSecond: of((r) => r.perSecond),
    latency: { p50: of((r) => r.latency.p50), p99: of((r) => r.latency.p99) },
    acknowledged: sum((r) => r.acknowledged),
    missing: sum((r) => r.missing),
    surplus: sum((r) => r.surplus),
  }
}
