import type { HistoryResult } from '../history.ts'
import { round } from '../lib/figures.ts'
import { table, thousands, type Run, type Section, type Target } from './section.ts'

export const history: Section<HistoryResult> = { title: 'A long history', text, targets }

function text({ orders, events, megabytes, startMs, idle, requests, retention }: HistoryResult): string[] {
  return [
    `${thousands(orders)} orders and ${thousands(events)} events (${round(megabytes)} MB) next to an empty database, ` +
      `in turns. A start takes ${round(startMs.empty)} ms empty and ${round(startMs.long)} ms with the history, an ` +
      `idle server ${round(idle.empty)} and ${round(idle.long)} ms of CPU per second. ` +
      `${thousands(retention.dropped)} old events were dropped in ${round(retention.seconds)} s; nothing else ran ` +
      `for ${round(retention.heldMs)} ms at most (${round(retention.cpuMs)} ms of CPU).`,
    table(
      ['CPU of one request (µs)', 'empty', 'with the history', 'ratio'],
      requests.map(({ name, empty, long, ratio }) => [name, round(empty), round(long), `${ratio.toFixed(2)}×`]),
    ),
  ]
}

function targets({ orders, events, idle, requests, retention }: HistoryResult, { machine }: Run): Target[] {
  // By the clock, so work of others counts: a busy machine can only confirm it.
  const isQuiet = machine.load <= machine.cores / 2
  const slowest = requests.reduce((worst, one) => (one.ratio > worst.ratio ? one : worst))
  return [
    {
      what: `idle CPU with ${thousands(orders)} orders and ${thousands(events)} events, against an empty database`,
      wanted: '≤ 1.2× or 2 ms/s more',
      seen: `${round(idle.long)} against ${round(idle.empty)} ms/s`,
      met: idle.long <= Math.max(1.2 * idle.empty, idle.empty + 2),
    },
    {
      what: `the same for snapshots, quote and place; the slowest is ${slowest.name}`,
      wanted: '≤ 1.2×',
      seen: `${slowest.ratio.toFixed(2)}×`,
      met: slowest.ratio <= 1.2,
    },
    {
      what: `the longest that nothing else runs while ${thousands(retention.dropped)} events are dropped`,
      wanted: '< 50 ms',
      seen: `${round(retention.heldMs)} ms (${round(retention.cpuMs)} of CPU)`,
      met: retention.heldMs < 50 || (isQuiet ? false : null),
    },
  ]
}
