import type { DurableReport } from '../durable.ts'
import { round } from '../lib/figures.ts'
import { spreadText, table, thousands, type Section, type Target } from './section.ts'

export const durable: Section<DurableReport> = { title: 'Durable orders', text, targets }

const times = (group: number, single: number) => `${(group / single).toFixed(1)}×`

/**
 * An order takes its share of the processor however fast the disk is, so the gain from sharing a flush is limited by
 * how long a flush takes.
 */
const slowRow = (durable: DurableReport) => durable.rows.find(({ slowerBy }) => slowerBy > 0)

function text({ rows, flushMs, bare }: DurableReport): string[] {
  return [
    `Orders placed through the real code, each answered after the flush to the disk; afterwards the file is ` +
      `opened again and every acknowledged order looked for. A flush takes ${round(flushMs)} ms on this disk. ` +
      `Bare statements on the same tables, without any rules, come to ${round(bare.single)}/s with a commit each ` +
      `and ${round(bare.group)}/s with 64 to a commit: ${times(bare.group, bare.single)} is all that sharing a ` +
      `flush can gain here. On the last line every flush takes ${slowRow({ rows, flushMs, bare })?.slowerBy} ms ` +
      `longer, as on disks without a battery.`,
    table(
      [
        'writers',
        'orders/s, group commit',
        'p50 / p99 (ms)',
        'orders/s, one commit each',
        'p50 / p99 (ms)',
        'ratio',
        'acknowledged, missing',
      ],
      rows.map(({ writers, slowerBy, group, single }) => [
        slowerBy ? `${writers}, slower flush` : String(writers),
        round(group.perSecond),
        spreadText(group.latency),
        round(single.perSecond),
        spreadText(single.latency),
        times(group.perSecond, single.perSecond),
        `${thousands(group.acknowledged + single.acknowledged)}, ${group.missing + single.missing}`,
      ]),
    ),
  ]
}

function targets(durable: DurableReport): Target[] {
  const { rows, flushMs, bare } = durable
  const fast = rows.find(({ writers, slowerBy }) => writers === 64 && !slowerBy)!
  const slow = slowRow(durable)!
  const missing = rows.reduce(
    (sum, { group, single }) => sum + group.missing + single.missing + group.surplus + single.surplus,
    0,
  )
  const gain = ({ group, single }: DurableReport['rows'][number]) => group.perSecond / single.perSecond
  return [
    {
      what: `durable orders/s at 64 writers, against one commit per order, where a flush takes ${slow.slowerBy} ms`,
      wanted: '≥ 8×',
      seen: times(slow.group.perSecond, slow.single.perSecond),
      met: gain(slow) >= 8,
    },
    {
      what:
        `the same on this disk, whose flush takes ${round(flushMs)} ms: bare statements gain ` +
        `${times(bare.group, bare.single)}`,
      wanted: '≥ 8×',
      seen: times(fast.group.perSecond, fast.single.perSecond),
      met: bare.group / bare.single < 8 ? null : gain(fast) >= 8,
    },
    {
      what: 'acknowledged orders that the file does not hold, or the other way round',
      wanted: '0',
      seen: String(missing),
      met: missing === 0,
    },
  ]
}
