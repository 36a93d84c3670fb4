import type { NitroApp } from 'nitropack'
import type { App } from '../app.ts'

/** Everything ends within this after SIGTERM, ms: 2 s, minus the delay that a busy machine adds. */
const exitWithinMs = 1500

/**
 * Ends gracefully: not ready, every client told when to come back, running commands finished and answered, then the
 * exit. Nitro's own handler is switched off, because it would cut sockets without a word and keep streams open for 30
 * s.
 */
export function drainOn(
  { connections, store, bus, logger, life }: App,
  hooks: NitroApp['hooks'],
  stopClockwork: () => void,
) {
  let underWay = 0
  let idle: (() => void) | null = null
  hooks.hook('comanda:request', (event) => {
    underWay += 1
    event.node.res.once('close', () => {
      underWay -= 1
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
    if (underWay > 0)
      await new Promise<void>((resolve) => {
        idle = resolve
      })
    // One turn of the event loop, so that the last bytes can leave.
    await new Promise((resolve) => setTimeout(resolve, 50))
    await store.close()
    await bus?.close()
    process.exit(0)
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void drain(signal))
}
