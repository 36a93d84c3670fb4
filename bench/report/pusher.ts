import type { PusherPeer, PusherRow } from '../pusher.ts'
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

export const pusher: Section<PusherRow[]> = { title: 'The Pusher protocol', text, targets }

const names: Record<PusherPeer, string> = {
  'comanda-pusher': '**Comanda**, an application’s channel',
  soketi: 'Soketi 1.6.1, an application’s channel',
  'comanda-pusher-log': '**Comanda**, `menu.napoli`: committed first',
}

function text(rows: PusherRow[]): string[] {
  const soketi = rows.find(({ peer }) => peer === 'soketi')?.result
  return [
    `${thousands(rows[0]!.clients)} subscribers of one public channel; events of ` +
      `${Math.min(...rows.map(({ result }) => result.eventBytes))} to ` +
      `${Math.max(...rows.map(({ result }) => result.eventBytes))} bytes on the wire, published by signed requests.`,
    table(
      [
        '',
        'deliveries/s, saturated',
        'CPU per delivery, saturated (µs)',
        'p50 / p99, saturated (ms)',
        'CPU per delivery, 20/s (µs)',
        'p50 / p99, 20/s (ms)',
        'delivered',
      ],
      rows.map(({ peer, result: { paced, saturated } }) => [
        names[peer],
        against(saturated.perSecond, soketi?.saturated.perSecond),
        against(saturated.cpuMicros, soketi?.saturated.cpuMicros),
        spreadText(saturated.latency),
        against(paced.cpuMicros, soketi?.paced.cpuMicros),
        spreadText(paced.latency),
        deliveredText(paced, saturated),
      ]),
    ),
  ]
}

function targets(rows: PusherRow[]): Target[] {
  const of = (peer: PusherPeer) => rows.find((row) => row.peer === peer)?.result
  const [ours, soketi] = [of('comanda-pusher'), of('soketi')]
  if (!ours || !soketi) return []
  return [
    ratioTarget(
      `Pusher protocol, ${rows[0]!.clients} subscribers: saturated deliveries/s against Soketi`,
      ours.saturated.perSecond / soketi.saturated.perSecond,
      '≥',
      2,
    ),
    ratioTarget('the same: CPU per delivery', ours.saturated.cpuMicros / soketi.saturated.cpuMicros, '≤', 0.5),
  ]
}
