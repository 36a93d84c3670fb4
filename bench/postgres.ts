import { startCluster } from '../tests/support/postgres.ts'
import { middle } from './durable.ts'
import type { DurableResult } from './durable-writers.ts'
import { startTalker } from './lib/process.ts'
import type { PostgresLoad, Way } from './postgres-writers.ts'

const ways: Way[] = ['group', 'single', 'pool']

export interface PostgresRow {
  pizzerias: number
  writers: number
  /** What it was measured by, each in turn. */
  results: Record<Way, DurableResult>
}

export interface PostgresOptions {
  pizzerias: number[]
  writers: number[]
  rounds: number
  seconds: number
}

/** A throwaway PostgreSQL that flushes as in production; a new database for each measurement. */
export async function measurePostgres({ pizzerias, writers, rounds, seconds }: PostgresOptions) {
  const cluster = await startCluster({ durable: true, settings: { shared_buffers: '256MB' } })
  try {
    const rows: PostgresRow[] = []
    for (const shops of pizzerias)
      for (const count of writers) {
        const results = Object.fromEntries(ways.map((way) => [way, [] as DurableResult[]])) as Record<
          Way,
          DurableResult[]
        >
        for (let nth = 1; nth <= rounds; nth++) {
          // Each way goes first in turn.
          for (const way of nth % 2 ? ways : ways.toReversed()) {
            const url = await cluster.createDatabase()
            results[way].push(await once({ url, way, pizzerias: shops, writers: count, seconds }))
            await cluster.ask(`DROP DATABASE ${new URL(url).pathname.slice(1)}`)
          }
          const seen = ways.map((way) => `${Math.round(results[way].at(-1)!.perSecond)}/s ${way}`).join(', ')
          console.log(`postgres, pizzerias: ${shops}, writers: ${count}, round ${nth}/${rounds}: ${seen}`)
        }
        rows.push({
          pizzerias: shops,
          writers: count,
          results: Object.fromEntries(ways.map((way) => [way, middle(results[way])])) as PostgresRow['results'],
        })
      }
    return rows
  } finally {
    await cluster.dispose()
  }
}

async function once(load: PostgresLoad): Promise<DurableResult> {
  const writers = startTalker<DurableResult>(new URL('postgres-writers.ts', import.meta.url), load)
  try {
    return await writers.next()
  } finally {
    await writers.stop()
  }
}
