import { startProxy } from '../tests/support/proxies.ts'
import { placeOrder } from '../tests/support/orders.ts'
import { startCluster } from '../tests/support/postgres.ts'
import { startRedis } from '../tests/support/redis.ts'
import type { TestServer } from '../tests/support/server.ts'
import { comandaEvent, fanOut, middle } from './fanout.ts'
import type { FanoutResult } from './fanout-load.ts'
import { startComanda } from './lib/comanda.ts'
import type { Spread } from './lib/figures.ts'
import { startTalker } from './lib/process.ts'
import type { StormLine, StormLoad } from './storm-clients.ts'

/** From a command on one node to a socket: of the same node, or of another one by each bus. */
const ways = ['own', 'redis', 'postgres', 'none'] as const
export type Way = (typeof ways)[number]
export const wayNames: Record<Way, string> = {
  own: 'a socket of the same node',
  redis: 'of another node, Redis',
  postgres: 'of another node, NOTIFY',
  none: 'of another node, Redis dead',
}

export interface NodesResult {
  hops: { way: Way; result: FanoutResult }[]
  fanout: { nodes: number; clients: number; result: FanoutResult }[]
  /** After `kill -9` of one node of three, s; null: not within a minute. */
  storm: { clients: number; seconds: number | null; eachSeconds: Spread; doubled: number; holes: number }
}

export interface NodesOptions {
  rounds: number
  seconds: number
  clients: number
  stormClients: number
}

/** Three nodes with Redis and two without, on one PostgreSQL of this machine that flushes. */
export async function measureNodes({ rounds, seconds, clients, stormClients }: NodesOptions): Promise<NodesResult> {
  const cluster = await startCluster({ durable: true, settings: { shared_buffers: '256MB' } })
  const redis = await startRedis()
  const started: TestServer[] = []
  async function start(count: number, env: Record<string, string>) {
    const url = await cluster.createDatabase()
    const some = await Promise.all(
      Array.from({ length: count }, () => startComanda({ env: { DATABASE_URL: url, COMANDA_PROXIES: '1', ...env } })),
    )
    started.push(...some.map(({ server }) => server))
    return { nodes: some.map(({ server }) => server), token: some[0]!.token }
  }
  try {
    const ringing = await start(3, { REDIS_URL: redis.url })
    const notifying = await start(2, {})
    const listen = (from: TestServer[], { nodes, token }: typeof ringing, count: number, rate: number) =>
      fanOut({
        wire: 'websocket',
        path: '/_ws',
        stream: 'menu:napoli',
        ports: from.map(({ port }) => port),
        pids: nodes.map(({ pid }) => pid),
        clients: count,
        rate,
        rateSeconds: seconds,
        saturatedSeconds: 0,
        warmCommands: 500,
        publish: comandaEvent(nodes[0]!.port, token),
      })
    // The third dies later.
    const hop = ({ nodes, token }: typeof ringing, to: number) =>
      listen([nodes[to]!], { nodes: nodes.slice(0, 2), token }, 1, 50)

    const hops: Record<Way, FanoutResult[]> = { own: [], redis: [], postgres: [], none: [] }
    async function note(way: Way, measured: Promise<FanoutResult>) {
      const result = await measured
      hops[way].push(result)
      const { p50, p99 } = result.paced.latency
      console.log(`nodes, ${wayNames[way]}: p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)} ms`)
    }
    for (let nth = 1; nth <= rounds; nth++) {
      await note('own', hop(ringing, 0))
      await note('redis', hop(ringing, 1))
      await note('postgres', hop(notifying, 1))
    }
    const fanout: NodesResult['fanout'] = []
    for (const nodes of [1, 3]) {
      const result = await listen(ringing.nodes.slice(0, nodes), ringing, clients, 20)
      fanout.push({ nodes, clients, result })
      console.log(
        `nodes, fan-out over ${nodes} to ${clients}: ${result.paced.cpuMicros.toFixed(1)} µs, ` +
          `p99 ${result.paced.latency.p99.toFixed(1)} ms`,
      )
    }
    const storm = await loseOne(ringing.nodes, stormClients)
    await redis.kill('SIGKILL')
    await note('none', hop(ringing, 1))
    return { hops: ways.map((way) => ({ way, result: middle(hops[way]) })), fanout, storm }
  } finally {
    await Promise.all(started.map((server) => server.stop()))
    await redis.dispose()
    await cluster.dispose()
  }
}

/** The last of the nodes dies without a word while everybody listens through the proxy. */
async function loseOne(nodes: TestServer[], clients: number): Promise<NodesResult['storm']> {
  const proxy = await startProxy('haproxy', nodes)
  const crowd = startTalker<StormLine>(new URL('storm-clients.ts', import.meta.url), {
    port: Number(new URL(proxy.url).port),
    clients,
    stream: 'board:napoli',
  } satisfies StormLoad)
  try {
    const ready = await crowd.next()
    if (ready.name !== 'ready') throw new Error('the crowd never became live')
    const died = performance.now()
    await nodes.at(-1)!.kill('SIGKILL')
    // Whoever has this order is no longer with the dead node.
    await placeOrder(proxy)
    const before = (performance.now() - died) / 1000
    crowd.child.kill('SIGUSR2')
    const result = await crowd.next()
    if (result.name !== 'back')
      return { clients, seconds: null, eachSeconds: { p50: Infinity, p99: Infinity }, doubled: 0, holes: 0 }
    const { doubled, holes, eachSeconds } = result
    const seconds = before + result.seconds
    console.log(`nodes, ${clients} clients, one node of three killed: all live elsewhere after ${seconds.toFixed(2)} s`)
    return {
      clients,
      seconds,
      eachSeconds: { p50: before + eachSeconds.p50, p99: before + eachSeconds.p99 },
      doubled,
      holes,
    }
  } finally {
    await crowd.stop()
    await proxy.stop()
  }
}
