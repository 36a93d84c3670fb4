import type { LogEvent } from '../../db/queries/log.ts'
import { migrationsIn } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { createConnection } from '../../server/live/connection.ts'
import { createConnections } from '../../server/live/connections.ts'
import { createDisplay } from '../../server/live/display.ts'
import { createHub } from '../../server/live/hub.ts'
import type { Services } from '../../server/services.ts'
import { createCommit } from '../../server/system/commit.ts'
import { createLog } from '../../server/system/log.ts'
import { createMetrics } from '../../server/system/metrics.ts'
import type { FakeClock } from './fake-clock.ts'

const migrations = migrationsIn(new URL('../../db/migrations/sqlite/', import.meta.url))
const metrics = createMetrics()

/**
 * One server in this process, without Nitro and its sockets: the real store on a real file, hub, connections and
 * display, as `server/plugins/start.ts` puts them together, on a clock that the test moves. Several may share a file,
 * as the nodes of a chain do.
 */
export async function startNode({
  file,
  clock,
  bell,
}: {
  file: string
  clock: FakeClock
  bell(node: LiveNode, events: LogEvent[]): void
}) {
  const store = await openSqlite({ file, migrations })
  const [now, uptime] = [() => clock.now(), () => clock.now()]
  const log = createLog('silent')
  const hub = createHub({ store, clock: now, uptime, metrics, log })
  const commit = createCommit(store, (events) => bell(node, events))
  const connections = createConnections({ store, clock: now, uptime })
  const display = createDisplay({ store, commit, clock: now, metrics })
  const services = {
    store,
    commit,
    hub,
    connections,
    display,
    metrics,
    log,
    clock: now,
    uptime,
    build: 'build',
    draining: false,
  } as unknown as Services

  const node = {
    services,
    hub,
    store,
    /** What the clockwork does each second (`server/system/clockwork.ts`), as far as the feed is concerned. */
    async tick() {
      await hub.tail()
      hub.dropSlow()
      connections.tick()
      await display.escalate()
      await display.noticeSilence()
      await connections.endRevoked()
    },
    /** A connection over whatever carries these bytes. */
    accept(options: Pick<Parameters<typeof createConnection>[0], 'sink' | 'session'>) {
      const connection = createConnection({ services, ...options, onClose: () => connections.remove(connection) })
      connections.add(connection)
      return connection
    },
    drain: (random: () => number) => connections.drain(random),
    stop: () => store.close(),
  }
  return node
}
export type LiveNode = Awaited<ReturnType<typeof startNode>>
