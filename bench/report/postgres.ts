import type { DurableResult } from '../durable-writers.ts'
import { round } from '../lib/figures.ts'
import type { PostgresRow } from '../postgres.ts'
import { spreadText, table, thousands, type Section, type Target } from './section.ts'

export const postgres: Section<PostgresRow[]> = { title: 'PostgreSQL', text, targets }

const gain = ({ results: { group, single } }: PostgresRow) => group.perSecond / single.perSecond

function text(rows: PostgresRow[]): string[] {
  const figures = ({ perSecond, latency }: DurableResult) => `${round(perSecond)} (${spreadText(latency)})`
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
          `${thousands(sum((r) => r.acknowledged))}, ${sum((r) => r.missing + r.surplus)}`,
        ]
      }),
    ),
  ]
}

function targets(rows: PostgresRow[]): Target[] {
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
