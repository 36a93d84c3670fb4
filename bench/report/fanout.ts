import type { FanoutRow, Peer } from '../fanout.ts'
import { round } from '../lib/figures.ts'
import { peerNames } from './peers.ts'
import { against, deliveredText, gotAll, ratioTarget, table, thousands, type Section, type Target } from './section.ts'

export const fanout: Section<FanoutRow[]> = { title: 'Fan-out', text, targets }

function text(rows: FanoutRow[]): string[] {
  const counts = [...new Set(rows.map((row) => row.clients))]
  return [
    `Events of ${Math.min(...rows.map((row) => row.result.eventBytes))} to ` +
      `${Math.max(...rows.map((row) => row.result.eventBytes))} bytes. Comanda's are real: a dish goes out of ` +
      `stock through the API, is committed and flushed to the log, and reaches every open menu; the peers send ` +
      `text from memory.`,
    ...counts.flatMap((count) => {
      const mine = rows.filter((row) => row.clients === count)
      const naive = mine.find((row) => row.peer === 'ws-naive')?.result
      return [
        `### ${thousands(count)} subscribers`,
        table(
          [
            '',
            'CPU per delivery, 20/s (µs)',
            'p50 / p99, 20/s (ms)',
            'deliveries/s, saturated',
            'CPU per delivery, saturated (µs)',
            'p50 / p99, saturated (ms)',
            'client lag p99 (ms)',
            'delivered',
          ],
          mine.map(({ peer, result: { paced, saturated } }) => [
            peerNames[peer],
            against(paced.cpuMicros, naive?.paced.cpuMicros),
            `${round(paced.latency.p50)} / ${against(paced.latency.p99, naive?.paced.latency.p99)}`,
            against(saturated.perSecond, naive?.saturated.perSecond),
            round(saturated.cpuMicros),
            `${round(saturated.latency.p50)} / ${against(saturated.latency.p99, naive?.saturated.latency.p99)}`,
            `${round(paced.lag.p99)} / ${round(saturated.lag.p99)}`,
            deliveredText(paced, saturated),
          ]),
        ),
      ]
    }),
  ]
}

function targets(rows: FanoutRow[]): Target[] {
  const of = (peer: Peer, clients: number) => rows.find((row) => row.peer === peer && row.clients === clients)?.result
  const [ours, naive, io] = [of('comanda', 1000), of('ws-naive', 1000), of('socket-io', 1000)]
  const complete = rows.every(({ result: { paced, saturated } }) => gotAll([paced, saturated]))
  const targets: Target[] =
    rows.length > 0
      ? [
          {
            what: 'every subscriber gets every event, once, in order',
            wanted: 'all',
            seen: complete ? 'all' : 'some are missing',
            met: complete,
          },
        ]
      : []
  if (!ours || !naive) return targets
  targets.push(
    ratioTarget(
      'CPU per delivery, 1,000 subscribers, 20/s, against naive `ws`',
      ours.paced.cpuMicros / naive.paced.cpuMicros,
      '≤',
      1,
    ),
    ratioTarget(
      'saturated deliveries/s, 1,000 subscribers, against naive `ws`',
      ours.saturated.perSecond / naive.saturated.perSecond,
      '≥',
      1.5,
    ),
    ...(io
      ? [
          ratioTarget(
            'saturated deliveries/s, 1,000 subscribers, against socket.io',
            ours.saturated.perSecond / io.saturated.perSecond,
            '≥',
            2,
          ),
        ]
      : []),
    ratioTarget(
      'p99, 1,000 subscribers, 20/s, against naive `ws`',
      ours.paced.latency.p99 / naive.paced.latency.p99,
      '≤',
      1.2,
    ),
    ratioTarget(
      'p99, 1,000 subscribers, saturated, against naive `ws`',
      ours.saturated.latency.p99 / naive.saturated.latency.p99,
      '≤',
      1.2,
    ),
  )
  return targets
}
