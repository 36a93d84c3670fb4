import type { Tx } from '../../db/store.ts'
import type { Push } from '../../db/store/pushes.ts'
import { isActive } from '../../shared/order/moves.ts'
import type { Order } from '../../shared/order/order.ts'
import { maxPushes, type PushInput } from '../../shared/order/push.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Context } from '../context.ts'
import { pushServiceOf } from './services.ts'
import { sendPush } from './send.ts'

/** Sent in one go; the rest a second later. */
const atOnce = 50
/** Tried again after this, doubled each time (ms), and how often in all: an hour later nobody needs it. */
const [againMs, maxTries] = [30_000, 5]

/** From now on this browser is told when the order is ready. */
export async function subscribe(
  { store, clock, config }: Pick<Context, 'store' | 'clock' | 'config'>,
  tracking: string,
  { endpoint, keys, words }: PushInput,
) {
  if (!pushServiceOf(endpoint, config.COMANDA_PUSH_SERVICES)) throw new Rejected('push.service_unknown')
  const found = await store.read((tx) => tx.orderByTracking(tracking))
  if (!found) throw new Rejected('order.unknown')
  await store.write(found.pizzeria, async (tx) => {
    const order = (await tx.orderByTracking(tracking))!
    if (!isActive(order.state)) throw new Rejected('push.over')
    const told = await tx.pushesOf(order.id)
    if (!told.includes(endpoint) && told.length >= maxPushes) throw new Rejected('push.too_many')
    await tx.savePush({ order: order.id, pizzeria: order.pizzeria, endpoint, ...keys, ...words, at: clock() })
    // It may have become ready while the browser subscribed.
    if (order.state === 'ready') await tx.setPushesDue(order.id, clock())
  })
}

/** What a step of an order means for those who are told: in its transaction, so that a crash forgets nobody. */
export async function notePushes(tx: Tx, before: Order, after: Order, now: number) {
  if (!isActive(after.state)) await tx.dropPushesOf(after.id)
  else if (after.state === 'ready') await tx.setPushesDue(after.id, now)
  else if (before.state === 'ready') await tx.setPushesDue(after.id, null)
}

/**
 * Sends what is due. Each is taken in a transaction that makes it due again later, so two nodes never send the same one
 * at once, and one that is cut off is tried again; a browser shows the same message once (its tag).
 */
export async function sendDuePushes(context: Pick<Context, 'store' | 'clock' | 'config' | 'logger' | 'metrics'>) {
  const { store, clock } = context
  for (const pizzeria of await store.read((tx) => tx.pizzeriasWithDuePushes(clock()))) {
    const due = await store.write(pizzeria, async (tx) => {
      const now = clock()
      const taken = await tx.takeDuePushes(pizzeria, now, now + againMs, atOnce)
      return await Promise.all(taken.map(async (push) => ({ push, order: await tx.order(push.order) })))
    })
    // Not awaited: a service that does not answer must not hold up the next second's.
    for (const { push, order } of due) void deliver(context, push, order)
  }
}

async function deliver(
  { store, config, logger, metrics }: Pick<Context, 'store' | 'config' | 'logger' | 'metrics'>,
  push: Push & { tries: number },
  order: Order | undefined,
) {
  try {
    const outcome = order?.state === 'ready' ? await sendPush(config, push, order) : 'gone'
    metrics.pushes.inc({ outcome })
    if (outcome !== 'later' || push.tries + 1 >= maxTries)
      await store.write(push.pizzeria, (tx) => tx.dropPush(push.order, push.endpoint))
  } catch (error) {
    logger.error({ err: error, order: push.order }, 'a push could not be settled')
  }
}
