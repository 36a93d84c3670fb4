import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { NitroApp } from 'nitropack'
import { isHtml } from '../answers/html.ts'
import type { App } from '../app.ts'

/** Everything ends within this after SIGTERM, ms: 2 s, minus the delay that a busy machine adds. */
const exitWithinMs = 1500
/** For so long the files of a page can be had after it was given, ms: a browser asks for them at once. */
const filesStayMs = 1000

/** Whether a browser asks for files next: the page that says that the server restarts has none. */
const needsFiles = (answer: ServerResponse) => answer.statusCode !== 503 && isHtml(answer)

/**
 * Ends gracefully: not ready, every client told when to come back, running commands finished and answered, then the
 * exit. Nitro's own handler is switched off, because it would cut sockets without a word and keep streams open for 30
 * s.
 */
export function drainOn(
  { connections, store, bus, logger, life, uptime }: App,
  hooks: NitroApp['hooks'],
  stopClockwork: () => void,
) {
  let underWay = 0
  let lastPageAt = -Infinity
  let idle: (() => void) | null = null
  hooks.hook('comanda:request', (event) => {
    underWay += 1
    event.node.res.once('close', () => {
      underWay -= 1
      if (needsFiles(event.node.res)) lastPageAt = uptime()
      if (underWay === 0) idle?.()
    })
  })

  async function drain(signal: string) {
    if (life.phase === 'draining') return
    life.phase = 'draining'
    logger.info({ signal, connections: connections.size() }, 'draining')
    setTimeout(() => process.exit(0), exitWithinMs).unref()
    stopClockwork()
    connections.drain(Math.random)
    await answered()
    // In a chain the other nodes may have another build's files, and this one the last of its own.
    for (let rest = filesRest(); rest > 0; rest = filesRest()) {
      await wait(rest)
      await answered()
    }
    // One turn of the event loop, so that the last bytes can leave.
    await wait(50)
    await store.close()
    await bus?.close()
    process.exit(0)
  }

  const filesRest = () => lastPageAt + filesStayMs - uptime()
  /** Nothing is under way. */
  const answered = () => new Promise<void>((resolve) => (underWay > 0 ? (idle = resolve) : resolve()))

  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void drain(signal))
}
