import { createHmac, randomBytes } from 'node:crypto'
import type { Logger } from '../ground/logger.ts'
import type { Metrics } from '../ground/metrics.ts'
import type { Hub } from '../live/hub.ts'
import { createBus, type Bus, type OpenCarrier } from './bus.ts'

interface Joining {
  carrier: OpenCarrier
  /** All nodes of an installation have the same, and nobody else has. */
  secret: string
  hub: Pick<Hub, 'ring' | 'nudge' | 'missed' | 'forgetEvents'>
  metrics: Pick<Metrics, 'busLost'>
  logger: Pick<Logger, 'warn'>
}

/** Connects this node's hub with the other nodes of the installation. */
export function joinNodes({ carrier, secret, hub, metrics, logger }: Joining): Bus {
  return createBus({
    open: carrier,
    // Nobody guesses it, so that whoever else uses the same server is not believed (BUS-3).
    channel: `comanda_${createHmac('sha256', secret).update('bus').digest('hex').slice(0, 32)}`,
    node: randomBytes(9).toString('base64url'),
    hear(news) {
      switch (news.kind) {
        case 'events':
          return hub.ring(news.events, news.epoch)
        case 'head':
          return hub.nudge(news.pizzeria, news.position, news.epoch)
        case 'forget':
          return hub.forgetEvents(news.pizzeria)
        default:
          return news satisfies never
      }
    },
    missed: hub.missed,
    lost: () => metrics.busLost.inc(),
    failed: (error) =>
      logger.warn({ err: error }, 'the other nodes cannot be told at once: there is no line to the bus'),
  })
}
