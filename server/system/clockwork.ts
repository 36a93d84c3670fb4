import { applyCommand } from '../orders/change.ts'
import { changeMenu } from '../menu/change.ts'
import type { App } from '../app.ts'
import type { Context } from '../context.ts'

const second = 1000
const hour = 3600 * second
const day = 24 * hour
const answersKeptMs = day

/**
 * All that happens by time. Each task waits for its own end before it starts again, and a failure is logged, never
 * fatal.
 */
export function startClockwork(app: App): () => void {
  const { hub, display, connections } = app
  const stops = [
    every(second, 'tail', () => hub.tail()),
    every(second, 'slow', async () => hub.dropSlow()),
    every(second, 'heartbeat', async () => connections.tick()),
    every(second, 'escalate', () => display.escalate()),
    every(second, 'silence', () => display.noticeSilence()),
    every(2 * second, 'revoked', () => connections.endRevoked()),
    every(5 * second, 'scheduled', () => releaseScheduled(app)),
    every(5 * second, 'availability', () => bringBack(app)),
    every(10 * 60 * second, 'retention', () => forgetOld(app)),
  ]
  return () => stops.forEach((stop) => stop())

  function every(ms: number, name: string, task: () => Promise<void>) {
    let running = false
    const timer = setInterval(async () => {
      if (running) return
      running = true
      try {
        await task()
      } catch (error) {
        app.logger.error({ err: error, task: name }, 'a timed task failed')
      } finally {
        running = false
      }
    }, ms)
    timer.unref()
    return () => clearInterval(timer)
  }
}

/** Scheduled orders go to the kitchen at their promise minus the lead time. */
export async function releaseScheduled({ store, commit, clock }: Pick<Context, 'store' | 'commit' | 'clock'>) {
  const pizzerias = new Map((await store.read((tx) => tx.pizzerias())).map((pizzeria) => [pizzeria.id, pizzeria]))
  const longestLead =
    Math.max(0, ...[...pizzerias.values()].map(({ settings }) => settings.kitchen.leadMinutes)) * 60_000
  const candidates = await store.read((tx) => tx.dueScheduled(clock() + longestLead))
  for (const { id, promiseAt, pizzeria } of candidates) {
    const lead = (pizzerias.get(pizzeria)?.settings.kitchen.leadMinutes ?? 0) * 60_000
    if (Date.parse(promiseAt) - lead > clock()) continue
    await commit(async (tx, append) => {
      const order = await tx.order(id)
      if (order?.state !== 'scheduled') return
      await applyCommand(tx, append, {
        order,
        command: { name: 'move', to: 'queued', ifVersion: order.version, confirmUnpaid: false },
        actor: 'system',
        now: clock(),
      })
    })
  }
}

/** What was out until a time comes back by itself. */
export async function bringBack({ store, commit, clock }: Pick<Context, 'store' | 'commit' | 'clock'>) {
  if ((await store.read((tx) => tx.backInStock(clock()))).length === 0) return
  await commit(async (tx, append) => {
    for (const { pizzeria, kind, id } of await tx.backInStock(clock())) {
      await (kind === 'item'
        ? tx.setItemAvailable(pizzeria, id, true, null)
        : tx.setToppingAvailable(pizzeria, id, true, null))
      await changeMenu(tx, append, {
        pizzeria,
        [kind === 'item' ? 'items' : 'toppings']: [id],
        actor: 'system',
        now: clock(),
      })
    }
  })
}

/** Drops what nobody can ask for any more, a piece at a time. */
export async function forgetOld({ store, config, clock }: Pick<Context, 'store' | 'config' | 'clock'>) {
  await store.write((tx) => tx.dropAnswersBefore(clock() - answersKeptMs))
  await store.write((tx) => tx.dropPairingsBefore(clock()))
  for (const { pizzeria } of await store.read((tx) => tx.heads())) {
    const drop = () =>
      store.write((tx) => tx.dropEventsBefore(pizzeria, clock() - config.COMANDA_RETENTION_DAYS * day, 500))
    while ((await drop()) === 500);
  }
}
