import type { FanoutResult } from './fanout-load.ts'
import { measureStarted, middle, startPeer, type Started } from './fanout.ts'
import { startComanda } from './lib/comanda.ts'

const peers = ['comanda-pusher', 'soketi', 'comanda-pusher-log'] as const
export type PusherPeer = (typeof peers)[number]
export interface PusherRow {
  peer: PusherPeer
  clients: number
  rounds: number
  result: FanoutResult
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
