import { randomUUID } from 'node:crypto'
import type { Carrier } from '../config.ts'
import type { Context } from '../context.ts'
import type { Project } from '../live/projector.ts'
import { secretOf, wordOf } from './channels.ts'
import { openOutlet } from './outlet.ts'
import { createPump } from './pump.ts'

/** How often the pump looks at the log by itself: a doorbell may be lost, and a wait may be over (ms). */
const lookEveryMs = 1000

/**
 * A foreign carrier for the live feed (`COMANDA_CARRIER`, rules CAR). Loaded only where it is switched on. Returns what
 * to call when there is something new in the log.
 */
export function startCarrier({ carrier, ...ground }: Context & { project: Project; carrier: Carrier }): () => void {
  const { pump } = createPump({
    ...ground,
    outlet: openOutlet(carrier, ground.clock),
    wordOf: (tx, pizzeria, now) => wordOf(tx, secretOf(carrier), pizzeria, now),
    node: randomUUID(),
    random: Math.random,
  })
  const look = () => void (ground.life.phase === 'serving' && pump())
  setInterval(look, lookEveryMs).unref()
  return look
}
