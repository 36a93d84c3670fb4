import { startCluster } from '../tests/support/postgres.ts'
import { middle } from './durable.ts'
import type { DurableResult } from './durable-writers.ts'
import { round } from './lib/figures.ts'
import { table, type Target } from './lib/page.ts'
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

const gain = ({ results: { group, single } }: PostgresRow) => group.perSecond / single.perSecond

export function postgresText(rows: PostgresRow[]): string[] {
  const figures = ({ perSecond, latency }: DurableResult) =>
    `${round(perSecond)} (${round(latency.p50)} / ${round(latency.p99)})`
  return [
    'Orders/s (p50 / p99 in ms) placed through the real code on a PostgreSQL of this machine that flushes; ' +
      'afterwards every acknowledged order is looked for. Without group commit each order is a transaction ' +
      'of its own: in the same lanes, where a pizzeria has one connection, or on whichever of 16 connections is ' +
      'free, as with a pool.',
    table(
      [
        'pizzerias',
        'writers',
        'group commit',
        'a transaction each, same lanes',
        'a transaction each, a pool of 16',
        'ratio to the lanes',
        'to the pool',
        'acknowledged, missing',
      ],
      rows.map((row) => {
        const { group, single, pool } = row.results
        const all = [group, single, pool]
        const sum = (of: (result: DurableResult) => number) => all.reduce((total, result) => total + of(result), 0)
        return [
          String(row.pizzerias),
          String(row.writers),
          figures(group),
          figures(single),
          figures(pool),
          `${gain(row).toFixed(1)}×`,
          `${(group.perSecond / pool.perSecond).toFixed(1)}×`,
          `${sum((r) => r.acknowledged).toLocaleString('en')}, ${sum((r) => r.missing + r.surplus)}`,
        ]
      }),
    ),
  ]
}

export function postgresTargets(rows: PostgresRow[]): Target[] {
  if (rows.length === 0) return []
  const wrong = rows.reduce(
    (sum, { results }) =>
      sum + Object.values(results).reduce((more, { missing, surplus }) => more + missing + surplus, 0),
    0,
  )
  return [
    ...rows
      .filter(({ writers }) => writers === 64)
      .map((row) => ({
        what: `PostgreSQL, orders/s at 64 writers, pizzerias: ${row.pizzerias}, against a transaction each`,
        wanted: '≥ 2×',
        seen: `${gain(row).toFixed(1)}×`,
        met: gain(row) >= 2,
      })),
    {
      what: 'acknowledged orders that PostgreSQL does not hold, or the other way round',
      wanted: '0',
      seen: String(wrong),
      met: wrong === 0,
    },
  ]
}
