import type { FanoutLoad, FanoutResult, PhaseResult } from './fanout-load.ts'
import { startComanda } from './lib/comanda.ts'
import { median } from './lib/figures.ts'
import { startNchan } from './lib/nchan.ts'
import { startTalker } from './lib/process.ts'
import { startUws } from './lib/uws.ts'

/** The menu item whose 86 is the event: about 600 bytes on the wire, through the real API, committed to the log. */
const item = 'birra'
/** What the peers send: the same fields, so that all frames have the same size. */
const sample =
  `{"kind":"event","stream":"menu:napoli","position":1,` +
  `"id":"b1be9a0e-6a43-4b5f-a22e-4c8a3b9ef001","type":"menu.changed",` +
  `"at":"2026-11-24T12:00:00.000Z","data":{"items":[{"until":"@until@","padding":"${'x'.repeat(440)}"}]}}`

export const peers = ['comanda', 'comanda-sse', 'ws-naive', 'ws-once', 'socket-io', 'crossws'] as const
/** Servers in C and C++, which not every machine has (`missingPeer`). */
export type Peer = (typeof peers)[number] | 'uws' | 'nchan'

export interface FanoutOptions {
  clients: number[]
  rounds: number
  rateSeconds: number
  saturatedSeconds: number
  saturated64Seconds?: number
  peers: readonly Peer[]
}
export interface FanoutRow {
  peer: Peer
  clients: number
  rounds: number
  result: FanoutResult
}

/**
 * Every peer in turn, then again, so that a disturbance of the machine affects all of them alike. Medians over the
 * rounds.
 */
export async function measureFanout({ clients, rounds, peers, ...seconds }: FanoutOptions): Promise<FanoutRow[]> {
  const rows: FanoutRow[] = []
  for (const count of clients) {
    const results = new Map<Peer, FanoutResult[]>(peers.map((peer) => [peer, []]))
    for (let round = 1; round <= rounds; round++) {
      for (const peer of peers) {
        const result = await measureOnce(peer, count, seconds)
        results.get(peer)!.push(result)
        console.log(
          `fan-out, ${count} subscribers, round ${round}/${rounds}, ${peer}: ${result.paced.cpuMicros.toFixed(1)} ` +
            `µs, p99 ${result.paced.latency.p99.toFixed(1)} ms at 20/s; ` +
            `${Math.round(result.saturated.perSecond / 1000)}k/s, p99 ${result.saturated.latency.p99.toFixed(1)} ` +
            `ms saturated (${result.eventBytes} bytes; lag p99 ${result.saturated.lag.p99.toFixed(0)} ms)`,
        )
      }
    }
    rows.push(...peers.map((peer) => ({ peer, clients: count, rounds, result: middle(results.get(peer)!) })))
  }
  return rows
}

/** A server to measure, and how to reach it. */
export interface Started {
  /** All that do its work. */
  pids: number[]
  stop(): Promise<void>
  load: Pick<FanoutLoad, 'wire' | 'path' | 'stream' | 'ports' | 'publish'>
}
type Seconds = Pick<FanoutOptions, 'rateSeconds' | 'saturatedSeconds' | 'saturated64Seconds'>

/** Measures one peer once. `entry`: another build of Comanda than this tree's own. */
export const measureOnce = async (peer: Peer, clients: number, seconds: Seconds, entry?: string) =>
  await measureStarted(await startPeer(peer, entry), clients, seconds)

/** Measures a server once, and stops it. */
export async function measureStarted(
  { pids, stop, load }: Started,
  clients: number,
  seconds: Seconds,
): Promise<FanoutResult> {
  try {
    return await fanOut({ ...load, pids, clients, rate: 20, ...seconds })
  } finally {
    await stop()
  }
}

/** One measurement, by a load client of its own. */
export async function fanOut(load: FanoutLoad): Promise<FanoutResult> {
  const client = startTalker<FanoutResult>(new URL('fanout-load.ts', import.meta.url), load)
  try {
    return await client.next()
  } finally {
    await client.stop()
  }
}

/** The event that Comanda is measured with: a dish goes out of stock. */
export const comandaEvent = (port: number, token: string): FanoutLoad['publish'] => ({
  port,
  method: 'PATCH',
  path: `/api/pizzerias/napoli/menu/items/${item}`,
  headers: { authorization: `Bearer ${token}` },
  body: '{"available":false,"until":"@until@"}',
})

/** Starts a server to measure. `env` is for ours. */
export async function startPeer(peer: Peer, entry?: string, env: Record<string, string> = {}): Promise<Started> {
  if (peer === 'comanda' || peer === 'comanda-sse') {
    const { server, token } = await startComanda({ entry, env })
    const publish = comandaEvent(server.port, token)
    const wire =
      peer === 'comanda'
        ? { wire: 'websocket' as const, path: '/_ws' }
        : { wire: 'sse' as const, path: '/api/streams/menu:napoli/sse' }
    const load = { ...wire, stream: 'menu:napoli', ports: [server.port], publish }
    return { pids: [server.pid], stop: server.stop, load }
  }
  if (peer === 'nchan') {
    const { port, pids, stop } = await startNchan()
    const publish = { port, method: 'POST', path: '/publish', headers: {}, body: sample }
    return { pids, stop, load: { wire: 'websocket', path: '/subscribe', stream: null, ports: [port], publish } }
  }
  const server =
    peer === 'uws' ? startUws() : startTalker<{ port: number }>(new URL(`peers/${peer}.ts`, import.meta.url))
  const { port } = await server.next()
  const wire =
    peer === 'socket-io'
      ? { wire: 'socket.io' as const, path: '/socket.io/?EIO=4&transport=websocket' }
      : { wire: 'websocket' as const, path: '/' }
  return {
    pids: [server.pid],
    stop: server.stop,
    load: {
      ...wire,
      stream: null,
      ports: [port],
      publish: { port, method: 'POST', path: '/publish', headers: {}, body: sample },
    },
  }
}

/** The median of each figure. */
export function middle(results: FanoutResult[]): FanoutResult {
  const of = (read: (result: FanoutResult) => number) => median(results.map(read))
  const phase = (name: 'paced' | 'saturated' | 'saturated64'): PhaseResult => ({
    latency: { p50: of((r) => r[name]!.latency.p50), p99: of((r) => r[name]!.latency.p99) },
    lag: { p50: of((r) => r[name]!.lag.p50), p99: of((r) => r[name]!.lag.p99) },
    perSecond: of((r) => r[name]!.perSecond),
    cpuMicros: of((r) => r[name]!.cpuMicros),
    // No event may be missing in any round.
    delivered: results.reduce((sum, r) => sum + r[name]!.delivered, 0),
    expected: results.reduce((sum, r) => sum + r[name]!.expected, 0),
  })
  return {
    eventBytes: of((r) => r.eventBytes),
    paced: phase('paced'),
    saturated: phase('saturated'),
    ...(results[0]!.saturated64 && { saturated64: phase('saturated64') }),
  }
}
