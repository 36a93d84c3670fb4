import type { FanoutResult } from './fanout-load.ts'
import { measureStarted, middle, startPeer, type Started } from './fanout.ts'
import { startComanda } from './lib/comanda.ts'
import { round } from './lib/figures.ts'
import { table, type Target } from './lib/page.ts'

const peers = ['comanda-pusher', 'soketi', 'comanda-pusher-log'] as const
type PusherPeer = (typeof peers)[number]
export interface PusherRow {
  peer: PusherPeer
  clients: number
  rounds: number
  result: FanoutResult
}
const names: Record<PusherPeer, string> = {
  'comanda-pusher': '**Comanda**, an application’s channel',
  soketi: 'Soketi 1.6.1, an application’s channel',
  'comanda-pusher-log': '**Comanda**, `menu.napoli`: committed first',
}

export interface PusherOptions {
  clients: number
  rounds: number
  rateSeconds: number
  saturatedSeconds: number
}

/** Our server of the Pusher protocol beside Soketi, in turns. Medians over the rounds. */
export async function measurePusher({ clients, rounds, ...seconds }: PusherOptions): Promise<PusherRow[]> {
  const { noSoketi } = await import('../tests/support/soketi.ts')
  if (noSoketi) console.warn(noSoketi)
  const here = peers.filter((peer) => peer !== 'soketi' || !noSoketi)
  const results = new Map<PusherPeer, FanoutResult[]>(here.map((peer) => [peer, []]))
  for (let count = 1; count <= rounds; count++)
    for (const peer of here) {
      const result = await measureStarted(await start(peer), clients, seconds)
      results.get(peer)!.push(result)
      console.log(
        `Pusher protocol, ${clients} subscribers, round ${count}/${rounds}, ${peer}: ` +
          `${result.paced.cpuMicros.toFixed(1)} µs at 20/s; ${Math.round(result.saturated.perSecond / 1000)}k/s, ` +
          `${result.saturated.cpuMicros.toFixed(1)} µs saturated (${result.eventBytes} bytes)`,
      )
    }
  return here.map((peer) => ({ peer, clients, rounds, result: middle(results.get(peer)!) }))
}

/** What the application publishes: as large as Comanda's own events in the section on fan-out. */
const data = JSON.stringify({ until: '@until@', padding: 'x'.repeat(480) })
const body = JSON.stringify({ name: 'fan', channel: 'news', data })

async function start(peer: PusherPeer): Promise<Started> {
  const { pusherApp, pusherEnv } = await import('../tests/support/pusher.ts')
  const publish = (port: number, app: { id: string; key: string; secret: string }) => ({
    port,
    method: 'POST',
    path: `/apps/${app.id}/events`,
    headers: {},
    body,
    app,
  })
  const wire = (key: string) => ({ wire: 'pusher' as const, path: `/app/${key}?protocol=7`, stream: 'news' })
  switch (peer) {
    case 'comanda-pusher': {
      const { server } = await startComanda({ env: pusherEnv })
      const load = { ...wire(pusherApp.key), ports: [server.port], publish: publish(server.port, pusherApp) }
      return { pids: [server.pid], stop: server.stop, load }
    }
    case 'soketi': {
      const { startSoketi } = await import('../tests/support/soketi.ts')
      const { app } = await import('../tests/support/carriers.ts')
      const { port, pid, kill } = await startSoketi()
      const load = { ...wire(app.key), ports: [port], publish: publish(port, app) }
      return { pids: [pid()], stop: kill, load }
    }
    case 'comanda-pusher-log': {
      const { load, ...started } = await startPeer('comanda', undefined, pusherEnv)
      return { ...started, load: { ...load, ...wire(pusherApp.key), stream: 'menu.napoli' } }
    }
    default:
      return peer satisfies never
  }
}

export function pusherText(rows: PusherRow[]): string[] {
  const soketi = rows.find(({ peer }) => peer === 'soketi')?.result
  const against = (value: number, base: number | undefined) =>
    base ? `${round(value)} (${(value / base).toFixed(2)}×)` : round(value)
  return [
    `${rows[0]!.clients.toLocaleString('en')} subscribers of one public channel; events of ` +
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
        `${round(saturated.latency.p50)} / ${round(saturated.latency.p99)}`,
        against(paced.cpuMicros, soketi?.paced.cpuMicros),
        `${round(paced.latency.p50)} / ${round(paced.latency.p99)}`,
        paced.delivered === paced.expected && saturated.delivered === saturated.expected
          ? 'all'
          : `${paced.delivered + saturated.delivered} of ${paced.expected + saturated.expected}`,
      ]),
    ),
  ]
}

export function pusherTargets(rows: PusherRow[]): Target[] {
  const of = (peer: PusherPeer) => rows.find((row) => row.peer === peer)?.result
  const [ours, soketi] = [of('comanda-pusher'), of('soketi')]
  if (!ours || !soketi) return []
  const deliveries = ours.saturated.perSecond / soketi.saturated.perSecond
  const cpu = ours.saturated.cpuMicros / soketi.saturated.cpuMicros
  return [
    {
      what: `Pusher protocol, ${rows[0]!.clients} subscribers: saturated deliveries/s against Soketi`,
      wanted: '≥ 2×',
      seen: `${deliveries.toFixed(2)}×`,
      met: deliveries >= 2,
    },
    { what: 'the same: CPU per delivery', wanted: '≤ 0.5×', seen: `${cpu.toFixed(2)}×`, met: cpu <= 0.5 },
  ]
}
