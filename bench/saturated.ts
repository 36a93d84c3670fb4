import { measureFanout, peerNames, type FanoutRow, type Peer } from './fanout.ts'
import type { PhaseResult } from './fanout-load.ts'
import { round } from './lib/figures.ts'
import { noNchan } from './lib/nchan.ts'
import { table, type Target } from './lib/page.ts'
import { noUws } from './lib/uws.ts'

export interface SaturatedResult {
  rows: FanoutRow[]
  /** A sentence for each peer that was not to be had. */
  leftOut: string[]
}

/** The same fan-out with 4 and with 64 events under way, beside servers whose work is done in C and C++. */
export async function measureSaturated({
  clients,
  rounds,
  seconds,
}: {
  clients: number
  rounds: number
  seconds: number
}): Promise<SaturatedResult> {
  const reasons = { uws: noUws(), nchan: noNchan() }
  const peers: Peer[] = ['comanda', 'comanda-sse', 'ws-once', 'uws', 'nchan']
  const rows = await measureFanout({
    clients: [clients],
    rounds,
    rateSeconds: seconds,
    saturatedSeconds: seconds,
    saturated64Seconds: seconds,
    peers: peers.filter((peer) => !reasons[peer as keyof typeof reasons]),
  })
  return { rows, leftOut: Object.values(reasons).filter((why) => why !== null) }
}

const find = ({ rows }: SaturatedResult, peer: Peer) => rows.find((row) => row.peer === peer)?.result

export function saturatedText(result: SaturatedResult): string[] {
  const uws = find(result, 'uws')
  const once = find(result, 'ws-once')
  const ratio = (value: number, base?: number) =>
    base ? `${round(value)} (${(value / base).toFixed(2)}×)` : round(value)
  const spread = ({ latency: { p50, p99 } }: PhaseResult) => `${round(p50)} / ${round(p99)}`
  return [
    `${(result.rows[0]?.clients ?? 0).toLocaleString('en')} subscribers. Comanda's events are committed and flushed; ` +
      'the peers echo from memory. CPU in brackets against `ws` with the frame built once, deliveries against ' +
      `uWebSockets.js.${result.leftOut.map((why) => ` ${why}.`).join('')}`,
    table(
      [
        '',
        'CPU per delivery, 20/s (µs)',
        'deliveries/s, 4 under way',
        'p50 / p99 (ms)',
        'deliveries/s, 64 under way',
        'p50 / p99 (ms)',
        'delivered',
      ],
      result.rows.map(({ peer, result: { paced, saturated, saturated64 } }) => {
        const all = [paced, saturated, saturated64!]
        const [delivered, expected] = [
          all.reduce((sum, phase) => sum + phase.delivered, 0),
          all.reduce((sum, phase) => sum + phase.expected, 0),
        ]
        return [
          peerNames[peer],
          ratio(paced.cpuMicros, once?.paced.cpuMicros),
          ratio(saturated.perSecond, uws?.saturated.perSecond),
          spread(saturated),
          ratio(saturated64!.perSecond, uws?.saturated64!.perSecond),
          spread(saturated64!),
          delivered === expected ? 'all' : `${delivered} of ${expected}`,
        ]
      }),
    ),
  ]
}

export function saturatedTargets(result?: SaturatedResult): Target[] {
  const [ours, once, uws] = (['comanda', 'ws-once', 'uws'] as const).map((peer) => result && find(result, peer))
  if (!ours || !once) return []
  const target = (what: string, value: number, wanted: number, sign: '≤' | '≥'): Target => ({
    what,
    wanted: `${sign} ${wanted}×`,
    seen: `${value.toFixed(2)}×`,
    met: sign === '≤' ? value <= wanted : value >= wanted,
  })
  const against = 'deliveries/s, 1,000 subscribers, against uWebSockets.js'
  return [
    target(
      'CPU per delivery, 1,000 subscribers, 20/s, against frames built once on `ws`',
      ours.paced.cpuMicros / once.paced.cpuMicros,
      1.1,
      '≤',
    ),
    ...(uws
      ? [
          target(`${against}, 4 under way`, ours.saturated.perSecond / uws.saturated.perSecond, 1, '≥'),
          target(`${against}, 64 under way`, ours.saturated64!.perSecond / uws.saturated64!.perSecond, 0.8, '≥'),
        ]
      : []),
  ]
}
