import type { LogEvent } from '../../shared/live/events.ts'
import { migrationsIn } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { readConfig } from '../../server/config.ts'
import type { Context } from '../../server/context.ts'
import { createConnections } from '../../server/live/connections.ts'
import { createDisplay } from '../../server/live/display.ts'
import { createHub } from '../../server/live/hub.ts'
import { createProjector } from '../../server/live/projector.ts'
import { createCommit } from '../../server/ground/commit.ts'
import { createLogger } from '../../server/ground/logger.ts'
import { createMetrics } from '../../server/ground/metrics.ts'
import { trustedClock } from './trusted.ts'
import type { FakeClock } from './fake-clock.ts'

const migrations = migrationsIn(new URL('../../db/migrations/sqlite/', import.meta.url))
const metrics = createMetrics()

/**
 * One server in this process, without Nitro and its sockets: the real store on a real file, hub, connections and
 * display, assembled as in `server/app.ts`, on a clock that the test moves. Several may share a file, like the nodes of
 * a chain.
 */
export async function startNode({
  file,
  clock,
  bell,
}: {
  file: string
  clock: FakeClock
  bell(node: LiveNode, events: LogEvent[], epoch: string): void
}) {
  const store = await openSqlite({ file, migrations })
  const now = () => clock.now()
  const context: Context = {
    config: readConfig({}),
    store,
    commit: createCommit(store, (events, epoch) => bell(node, events, epoch)),
    clock: now,
    trusted: trustedClock(now),
    uptime: now,
    logger: createLogger('silent'),
    metrics,
    build: 'build',
    life: { phase: 'serving' },
  }
  const project = createProjector(context)
  const hub = createHub({ ...context, project })
  const display = createDisplay(context)
  const connections = createConnections({ ...context, hub, display })

  const node = {
    context,
    project,
    hub,
    display,
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
    accept: connections.accept,
    drain: (random: () => number) => connections.drain(random),
    stop: () => store.close(),
  }
  return node
}
export type LiveNode = Awaited<ReturnType<typeof startNode>>
