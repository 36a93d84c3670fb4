import type { Peer } from '../fanout.ts'
import type { SaturatedResult } from '../saturated.ts'
import { peerNames } from './peers.ts'
import {
  against,
  deliveredText,
  ratioTarget,
  spreadText,
  table,
  thousands,
  type Section,
  type Target,
} from './section.ts'

export const saturated: Section<SaturatedResult> = { title: 'Saturated, beside servers in C and C++', text, targets }

const find = ({ rows }: SaturatedResult, peer: Peer) => rows.find((row) => row.peer === peer)?.result

function text(result: SaturatedResult): string[] {
  const uws = find(result, 'uws')
  const once = find(result, 'ws-once')
  return [
    `${thousands(result.rows[0]?.clients ?? 0)} subscribers. Comanda's events are committed and flushed; ` +
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
      result.rows.map(({ peer, result: { paced, saturated, saturated64 } }) => [
        peerNames[peer],
        against(paced.cpuMicros, once?.paced.cpuMicros),
        against(saturated.perSecond, uws?.saturated.perSecond),
        spreadText(saturated.latency),
        against(saturated64!.perSecond, uws?.saturated64!.perSecond),
        spreadText(saturated64!.latency),
        deliveredText(paced, saturated, saturated64!),
      ]),
    ),
  ]
}

function targets(result: SaturatedResult): Target[] {
  const [ours, once, uws] = (['comanda', 'ws-once', 'uws'] as const).map((peer) => find(result, peer))
  if (!ours || !once) return []
  const deliveries = 'deliveries/s, 1,000 subscribers, against uWebSockets.js'
  return [
    ratioTarget(
      'CPU per delivery, 1,000 subscribers, 20/s, against frames built once on `ws`',
      ours.paced.cpuMicros / once.paced.cpuMicros,
      '≤',
      1.1,
    ),
    ...(uws
      ? [
          ratioTarget(`${deliveries}, 4 under way`, ours.saturated.perSecond / uws.saturated.perSecond, '≥', 1),
          ratioTarget(
            `${deliveries}, 64 under way`,
            ours.saturated64!.perSecond / uws.saturated64!.perSecond,
            '≥',
            0.8,
          ),
        ]
      : []),
  ]
}
