import type { DurableLoad, DurableResult } from './durable-writers.ts'
import { median } from './lib/figures.ts'
import { startTalker } from './lib/process.ts'

/** `single`: one commit per order, as most shops do it. */
export interface DurableRow { writers: number, group: DurableResult, single: DurableResult }

export async function measureDurable({ writers, rounds, seconds }: { writers: number[], rounds: number, seconds: number }): Promise<DurableRow[]> {
  const rows: DurableRow[] = []
  for (const count of writers) {
    const group: DurableResult[] = []
    const single: DurableResult[] = []
    for (let round = 1; round <= rounds; round++) {
      const both = [async () => group.push(await once({ writers: count, batch: 128, seconds })), async () => single.push(await once({ writers: count, batch: 1, seconds }))]
      // A disk that has just been written to is not the same disk: each goes first in turn.
      for (const run of round % 2 ? both : both.reverse()) await run()
      console.log(`durable, ${count} writers, round ${round}/${rounds}: ${Math.round(group.at(-1)!.perSecond)}/s in groups, ${Math.round(single.at(-1)!.perSecond)}/s one by one`)
    }
    rows.push({ writers: count, group: middle(group), single: middle(single) })
  }
  return rows
}

async function once(load: DurableLoad): Promise<DurableResult> {
  const writers = startTalker<DurableResult>(new URL('durable-writers.ts', import.meta.url), load)
  try { return await writers.next() }
  finally { await writers.stop() }
}

function middle(results: DurableResult[]): DurableResult {
  const of = (read: (result: DurableResult) => number) => median(results.map(read))
  const sum = (read: (result: DurableResult) => number) => results.reduce((total, result) => total + read(result), 0)
  return { perSecond: of(r => r.perSecond), latency: { p50: of(r => r.latency.p50), p99: of(r => r.latency.p99) }, acknowledged: sum(r => r.acknowledged), missing: sum(r => r.missing), surplus: sum(r => r.surplus) }
}
