import type { Tx } from '../../db/store.ts'
import type { Delivery, Hook } from '../../db/store/hooks.ts'
import type { Context } from '../context.ts'
import { lost } from '../live/unusable.ts'
import { bodyOf, send } from './send.ts'
import { isOrderEvent, orderIn, typeOf } from './told.ts'

/** Events read, and messages sent, in one go; the rest a second later. */
const [eventsAtOnce, messagesAtOnce] = [100, 5]
/** For this long a message belongs to the node that took it (ms): longer than all that are taken with it may last. */
const takenMs = 30_000
/** The first wait (ms), four times as long after each failure, and how often it is tried in all: some eight hours. */
const [firstWaitMs, longestWaitMs, maxTries] = [5_000, 4 * 3600_000, 9]

/** ms until the next try after so many; `random` in [0, 1): not all in the same moment. */
export const waitAfter = (tries: number, random: number) =>
  Math.min(longestWaitMs, firstWaitMs * 4 ** (tries - 1)) * (0.5 + random / 2)

type Ground = Pick<Context, 'store' | 'clock' | 'config' | 'logger'> & { random?: () => number }

/**
 * Reads on in the log for each webhook, and writes down what it is to be told: in one transaction with its cursor, so
 * that whatever dies, each step is noted once.
 */
export async function noteDeliveries({ store, clock }: Ground) {
  const behind = await store.read(async (tx) => await tx.hooksBehind(await tx.epoch()))
  for (const { id, pizzeria } of behind)
    while (
      await store.write(pizzeria, async (tx) => {
        const hook = await tx.hook(id)
        return hook ? await noteSome(tx, hook, clock()) : false
      })
    );
}

/** True when there may be more. */
async function noteSome(tx: Tx, hook: Hook, now: number): Promise<boolean> {
  const epoch = await tx.epoch()
  const { position: head, oldest } = (await tx.head(hook.pizzeria))!
  const why = lost(hook, { epoch, head, oldest })
  if (why) {
    await tx.moveHook(hook.id, epoch, why === 'old' ? oldest - 1 : head)
    return false
  }
  const events = await tx.eventsAfter(hook.pizzeria, hook.position, eventsAtOnce)
  for (const event of events) {
    if (!isOrderEvent(event)) continue
    const [before] = await tx.subjectEventsAfter(hook.pizzeria, event.subject, event.version - 2, 1)
    const type = typeOf(before && before.position < event.position ? orderIn(before) : null, event.data)
    if (type === null || !hook.types.includes(type)) continue
    const id = `${hook.id}.${epoch}.${event.position}`
    const { position, at } = event
    const { pizzeria } = hook
    await tx.insertDelivery({
      id,
      hook: hook.id,
      pizzeria,
      position,
      type,
      number: event.data.number,
      at,
      dueAt: now,
      tries: 0,
      outcome: 'waiting',
      answer: null,
    })
  }
  await tx.moveHook(hook.id, epoch, events.at(-1)?.position ?? head)
  return events.length === eventsAtOnce
}

/** Sends what is due. Each webhook gets its messages one after the other; one that fails holds up no other webhook. */
export async function sendDueDeliveries(ground: Ground) {
  const { store, clock, logger } = ground
  for (const pizzeria of await store.read((tx) => tx.pizzeriasWithDueDeliveries(clock()))) {
    const taken = await store.write(pizzeria, async (tx) => {
      const now = clock()
      return await tx.takeDueDeliveries(pizzeria, now, now + takenMs, messagesAtOnce)
    })
    // Not awaited: who does not answer must not hold up the others.
    for (const [hook, deliveries] of Map.groupBy(taken, (delivery) => delivery.hook))
      void sendInTurn(ground, hook, deliveries).catch((error) =>
        logger.error({ err: error, hook }, 'a webhook could not be settled'),
      )
  }
}

async function sendInTurn(ground: Ground, id: string, deliveries: Delivery[]) {
  const { store, clock, random = Math.random } = ground
  for (const [index, delivery] of deliveries.entries()) {
    const { pizzeria, position } = delivery
    const { hook, event } = await store.read(async (tx) => ({
      hook: await tx.hook(id),
      event: (await tx.eventsAfter(pizzeria, position - 1, 1)).find((one) => one.position === position),
    }))
    if (!hook) return
    // The log may have been restored, or is no longer kept from there: then nobody knows what to say.
    const isThere = event && isOrderEvent(event) && delivery.id === `${id}.${hook.epoch}.${position}`
    const { outcome, answer } = isThere
      ? await send(ground.config, hook, delivery, bodyOf(delivery, event), clock())
      : ({ outcome: 'forbidden', answer: 'gone' } as const)
    const tries = delivery.tries + 1
    const again = outcome === 'failed' && tries < maxTries ? clock() + waitAfter(tries, random()) : null
    await store.write(pizzeria, async (tx) => {
      await tx.settleDelivery(delivery.id, {
        tries,
        answer,
        dueAt: again === null ? null : Math.round(again),
        outcome: outcome === 'taken' ? 'sent' : again === null ? 'dead' : 'waiting',
      })
      // Who does not answer is not asked for each message: the others wait as long, and are not counted as tried.
      if (outcome === 'failed')
        for (const { id, tries, answer } of deliveries.slice(index + 1))
          await tx.settleDelivery(id, {
            tries,
            answer,
            dueAt: Math.round(clock() + waitAfter(1, random())),
            outcome: 'waiting',
          })
    })
    if (outcome === 'failed') return
  }
}
