import { lapseWaiting, takeHeldOut } from '../orders/waiting.ts'
import { noteDeliveries, sendDueDeliveries } from '../webhooks/webhooks.ts'
import { sendDuePushes } from '../push/pushes.ts'
import { applyCommand } from '../orders/change.ts'
import { changeMenu } from '../menu/change.ts'
import { publishPlanned } from '../menu/editor/plan.ts'
import { renewPortions } from '../menu/portions.ts'
import type { App } from '../app.ts'
import type { Context } from '../context.ts'
import type { SharedClock } from '../ground/clock.ts'
import { forgetOld } from './retention.ts'

const second = 1000

/**
 * Everything that runs on a schedule. A task starts again only after it has ended, and a failure is logged, never
 * fatal.
 */
export function startClockwork(app: App, shared: SharedClock | null = null): () => void {
  const { hub, display, connections } = app
  const stops = [
    // What the bus has lost costs this, and the time to read it; a node alone has no bus to lose anything.
    every(app.bus ? second / 2 : second, 'tail', () => hub.tail()),
    ...(shared ? [every(second, 'clock', () => shared.measure())] : []),
    every(second, 'slow', async () => hub.dropSlow()),
    every(second, 'heartbeat', async () => connections.tick()),
    every(second, 'escalate', () => display.escalate()),
    every(second, 'silence', () => display.noticeSilence()),
    every(second, 'clock', () => app.clockWatch.look()),
    every(2 * second, 'revoked', () => connections.endRevoked()),
    every(5 * second, 'scheduled', () => releaseScheduled(app)),
    every(second, 'plans', () => publishPlanned(app)),
    every(second, 'held', () => takeHeldOut(app)),
    every(second, 'push', () => sendDuePushes(app)),
    every(second, 'webhooks', async () => {
      await noteDeliveries(app)
      await sendDueDeliveries(app)
    }),
    every(5 * second, 'waiting', () => lapseWaiting(app)),
    every(5 * second, 'rehearsals', () => app.rehearsals.sweep()),
    every(5 * second, 'availability', () => bringBack(app)),
    every(60 * second, 'portions', () => renewPortions(app), 5 * second),
    every(60 * second, 'figures', () => app.figures.foldPast(), 5 * second),
    // The first run comes soon: a machine that is switched off each night may not run for long.
    every(10 * 60 * second, 'retention', () => forgetOld(app), 30 * second),
  ]
  return () => stops.forEach((stop) => stop())

  /** `firstMs`: the first run comes after this instead of after a whole `ms`. */
  function every(ms: number, name: string, task: () => Promise<void>, firstMs = ms) {
    let running = false
    async function run() {
      if (running) return
      running = true
      try {
        await task()
      } catch (error) {
        app.logger.error({ err: error, task: name }, 'a timed task failed')
      } finally {
        running = false
      }
    }
    let timer = setTimeout(() => {
      timer = setInterval(run, ms).unref()
      void run()
    }, firstMs).unref()
    return () => clearTimeout(timer)
  }
}

/** Scheduled orders go to the kitchen at their promise minus the lead time. */
export async function releaseScheduled({
  store,
  commit,
  clock,
  trusted,
}: Pick<Context, 'store' | 'commit' | 'clock' | 'trusted'>) {
  const pizzerias = new Map((await store.read((tx) => tx.pizzerias())).map((pizzeria) => [pizzeria.id, pizzeria]))
  const longestLead =
    Math.max(0, ...[...pizzerias.values()].map(({ settings }) => settings.kitchen.leadMinutes)) * 60_000
  const candidates = await store.read((tx) => tx.dueScheduled(trusted.due() + longestLead))
  for (const { id, promiseAt, pizzeria } of candidates) {
    const lead = (pizzerias.get(pizzeria)?.settings.kitchen.leadMinutes ?? 0) * 60_000
    if (Date.parse(promiseAt) - lead > trusted.due()) continue
    await commit(pizzeria, async (tx, append) => {
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

/** What was out until a certain time comes back by itself. */
export async function bringBack({
  store,
  commit,
  clock,
  trusted,
}: Pick<Context, 'store' | 'commit' | 'clock' | 'trusted'>) {
  const back = await store.read((tx) => tx.backInStock(trusted.due()))
  for (const pizzeria of new Set(back.map((one) => one.pizzeria)))
    await commit(pizzeria, async (tx, append) => {
      const now = clock()
      for (const { kind, id } of (await tx.backInStock(trusted.due())).filter((one) => one.pizzeria === pizzeria)) {
        await (kind === 'item'
          ? tx.setItemAvailable(pizzeria, id, true, null)
          : tx.setToppingAvailable(pizzeria, id, true, null))
        await changeMenu(tx, append, {
          pizzeria,
          [kind === 'item' ? 'items' : 'toppings']: [id],
          actor: 'system',
          now,
        })
      }
    })
}
