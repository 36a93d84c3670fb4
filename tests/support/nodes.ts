import { expect } from 'vitest'
import { checkRows, type Holdings } from './checker.ts'
import { startChaosProxy, type ChaosProxy } from './chaos-proxy.ts'
import { startProxy } from './proxies.ts'
import { openReader, type Reader, type ReaderOptions } from './live-reader.ts'
import type { Attempt } from './load.ts'
import { startCluster, type Cluster } from './postgres.ts'
import { startRedis, type RedisServer } from './redis.ts'
import { startServer, testTimezone, type TestServer } from './server.ts'
import { eventually } from './watching.ts'

/** Three nodes behind a proxy, on one PostgreSQL and one Redis, each behind a line that a test may cut. */
export interface Chain {
  /** The proxy. */
  url: string
  nodes: TestServer[]
  /** What the nodes take for PostgreSQL; `aim` sends them elsewhere. */
  line: ChaosProxy
  aim(at: Cluster): void
  cluster: Cluster
  redis: RedisServer
  /** The lines to Redis. */
  bell: ChaosProxy
  /** What is wrong with what the database holds. */
  check(attempts: readonly Attempt[], of?: Cluster): Promise<string[]>
  /** What screens were told and the log does not hold at that position: in the end all of them were told the same. */
  misled(screens: readonly Reader[]): Promise<string[]>
  stop(): Promise<void>
}

const database = 'comanda'

/** What is opened at each node itself, beside the screens through the proxy. */
type AtEach = { stream: string } & Pick<ReaderOptions, 'only'>

/** A screen of the kitchen and one of the counter through the proxy, and others at each node: all of them live. */
export async function openScreens(
  chain: Chain,
  cookie: string,
  atEach: AtEach[] = [{ stream: 'kitchen:napoli' }],
): Promise<Reader[]> {
  const screens = [
    openReader(chain, 'kitchen:napoli', { cookie, device: 'screen-1' }),
    openReader(chain, 'counter:napoli', { cookie, only: ['sse'] }),
    ...atEach.flatMap(({ stream, only }) => chain.nodes.map((node) => openReader(node, stream, { cookie, only }))),
  ]
  await eventually(() => expect(screens.every((screen) => screen.isLive())).toBe(true), 60_000)
  return screens
}

/** `more`: added to the environment of each node. */
export async function startChain(more: Record<string, string> = {}): Promise<Chain> {
  const [cluster, redis] = await Promise.all([startCluster(), startRedis()])
  await cluster.createDatabase(database)
  const target = { port: cluster.port }
  const [line, bell] = await Promise.all([startChaosProxy(target), startChaosProxy(redis)])
  const env = {
    DATABASE_URL: `postgres://postgres@127.0.0.1:${new URL(line.url).port}/${database}`,
    REDIS_URL: `redis://127.0.0.1:${new URL(bell.url).port}`,
    COMANDA_PROXIES: '1',
    COMANDA_LOG: 'warn',
    ...more,
  }
  // All in the same moment: they migrate, make the secrets and seed the demo together.
  const nodes = await Promise.all([1, 2, 3].map(() => startServer({ env: { ...env } })))
  await cluster.ask(`UPDATE pizzerias SET timezone = '${testTimezone}'`, database)
  const proxy = await startProxy('haproxy', nodes)
  return {
    url: proxy.url,
    nodes,
    line,
    aim: (at) => void (target.port = at.port),
    cluster,
    redis,
    bell,
    async check(attempts, of = cluster) {
      const where = "WHERE pizzeria = 'napoli'"
      const [rows, orders, answers, [pizzeria]] = await Promise.all([
        of.ask<Holdings['rows'][number]>(
          `SELECT position::int, subject, version::float8, type, data FROM events ${where} ORDER BY position`,
          database,
        ),
        of.ask<{ body: Holdings['orders'][number] }>(`SELECT body FROM orders ${where}`, database),
        of.ask<Holdings['answers'][number]>('SELECT key, response FROM idempotency', database),
        of.ask<{ oldest: number }>("SELECT oldest::int FROM pizzerias WHERE id = 'napoli'", database),
      ])
      const holdings = { rows, answers, orders: orders.map(({ body }) => body), oldest: pizzeria!.oldest }
      return checkRows(holdings, attempts)
    },
    async misled(screens) {
      const rows = await cluster.ask<{ position: number; id: string }>(
        "SELECT position::int, id FROM events WHERE pizzeria = 'napoli'",
        database,
      )
      const logged = new Map(rows.map(({ position, id }) => [position, id]))
      return screens.flatMap(({ stream, events }) =>
        events
          .filter(({ position, id }) => id !== undefined && logged.get(position) !== id)
          .map((event) => `${stream} was told ${JSON.stringify(event)}, the log has ${logged.get(event.position)}`),
      )
    },
    async stop() {
      await proxy.stop()
      await Promise.all(nodes.map((node) => node.stop()))
      await Promise.all([line.stop(), bell.stop(), redis.dispose(), cluster.dispose()])
    },
  }
}
