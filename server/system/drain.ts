import type { NitroApp } from 'nitropack'
import type { App } from '../app.ts'

/** All is over within this after SIGTERM, ms: 2 s less what a busy machine adds. */
const exitWithinMs = 1500

/**
 * Leaves politely: not ready, every client told when to come back, commands under way finished and answered, then the
 * end. Nitro's own handler is switched off: it would cut sockets without a word and keep streams for 30 s.
 */
export function drainOn(
  { connections, store, logger, life }: App,
  hooks: NitroApp['hooks'],
  stopClockwork: () => void,
) {
  let underWay = 0
  let idle: (() => void) | null = null
  hooks.hook('request', (event) => {
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
    // One turn for the last bytes to leave.
    await new Promise((resolve) => setTimeout(resolve, 50))
    await store.close()
    process.exit(0)
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void drain(signal))
}
