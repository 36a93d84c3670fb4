import { setImmediate } from 'node:timers/promises'
import type { Actor, Order } from '../../shared/order/order.ts'
import { Rejected, type RejectionCode } from '../../shared/order/rejections.ts'
import { lapseMs } from '../../shared/order/waiting.ts'
import type { Append, Context } from '../context.ts'
import type { Tx } from '../../db/store.ts'
import { inPieces } from '../ground/pieces.ts'
import { applyCommand } from './change.ts'
import { countIn } from './trust.ts'

type Ground = Pick<Context, 'store' | 'commit' | 'clock'>

/** Orders that one transaction settles: ten take a few ms, and other requests are answered in between. */
const pieceOrders = 10

/** Takes held orders out of the queue when their source turned out to send too much (`sourceToHold`). */
export async function takeHeldOut(ground: Ground & Pick<Context, 'uptime' | 'life'>) {
  const { store, commit, clock } = ground
  for (const pizzeria of await store.read((tx) => tx.withHeldInQueue()))
    await inPieces(ground, pieceOrders, (limit) =>
      commit(pizzeria, async (tx, append) => {
        const held = await tx.heldInQueue(pizzeria, limit)
        for (const { order: id, who } of held) {
          const order = (await tx.order(id))!
          const hold = { name: 'hold', heldFor: who } as const
          const now = clock()
          await tx.dropTrust(id)
          await countIn(tx, await applyCommand(tx, append, { order, command: hold, actor: 'system', now }), [], now)
        }
        return held.length
      }),
    )
}

/** The system refuses orders that nobody answered in time; their customers are told. */
export async function lapseWaiting(ground: Ground & Pick<Context, 'trusted' | 'uptime' | 'life'>) {
  const { store, commit, clock, trusted } = ground
  const before = trusted.careful() - lapseMs
  await inPieces(ground, pieceOrders, async (limit) => {
    const old = await store.read((tx) => tx.pendingSince(before, limit))
    for (const [pizzeria, waiting] of Map.groupBy(old, (order) => order.pizzeria))
      await commit(pizzeria, async (tx, append) => {
        for (const { id } of waiting) {
          const order = await tx.order(id)
          if (order?.state !== 'pending' || Date.parse(order.updatedAt) >= before) continue
          await applyCommand(tx, append, { order, command: { name: 'lapse' }, actor: 'system', now: clock() })
        }
      })
    return old.length
  })
}

export interface AnswerMany {
  pizzeria: string
  answer: 'accept' | 'reject' | 'restore'
  /** Which orders: those held for one source, all that are held, or these. */
  which: { source: string } | { held: true } | { orders: string[] }
  actor: Actor
}

export interface Answered {
  orders: Order[]
  /** What could not be done, each with its code. */
  refused: { id: string; code: RejectionCode }[]
}

/**
 * One request of the counter for many waiting orders. Each follows its own rule, so a refusal does not stop the others.
 */
export async function answerWaiting({ store, commit, clock }: Ground, act: AnswerMany): Promise<Answered> {
  const { pizzeria } = act
  const ids = await store.read((tx) => chosen(tx, act))
  const answered: Answered = { orders: [], refused: [] }
  if (act.answer === 'accept') {
    // Each runs alone: an acceptance that is refused half-way must leave nothing behind.
    for (const id of ids)
      try {
        await setImmediate()
        answered.orders.push(await commit(pizzeria, (tx, append) => answerOne(tx, append, act, id, clock())))
      } catch (error) {
        if (!(error instanceof Rejected)) throw error
        answered.refused.push({ id, code: error.code })
      }
    return answered
  }
  for (const piece of pieces(ids)) {
    await setImmediate()
    const done = await commit(pizzeria, async (tx, append) => {
      const orders: Order[] = []
      const refused: Answered['refused'] = []
      for (const id of piece)
        try {
          orders.push(await answerOne(tx, append, act, id, clock()))
        } catch (error) {
          if (!(error instanceof Rejected)) throw error
          refused.push({ id, code: error.code })
        }
      return { orders, refused }
    })
    answered.orders.push(...done.orders)
    answered.refused.push(...done.refused)
  }
  return answered
}

async function chosen(tx: Tx, { pizzeria, which }: AnswerMany): Promise<string[]> {
  if ('orders' in which) return which.orders
  const waiting = await tx.ordersIn(pizzeria, ['pending'])
  const wanted = 'source' in which ? ({ heldFor }: Order) => heldFor === which.source : ({ heldFor }: Order) => heldFor
  return waiting.filter(wanted).map(({ id }) => id)
}

async function answerOne(tx: Tx, append: Append, act: AnswerMany, id: string, now: number): Promise<Order> {
  const order = await tx.order(id)
  if (!order || order.pizzeria !== act.pizzeria) throw new Rejected('order.unknown')
  const { actor } = act
  const ifVersion = order.version
  switch (act.answer) {
    case 'accept':
    case 'reject': {
      if (order.state !== 'pending') throw new Rejected('order.illegal')
      const to = act.answer === 'accept' ? 'queued' : 'rejected'
      const command = { name: 'move', to, ifVersion, confirmUnpaid: false } as const
      return await applyCommand(tx, append, { order, command, actor, now })
    }
    case 'restore':
      return await applyCommand(tx, append, { order, command: { name: 'restore', ifVersion }, actor, now })
    default:
      return act.answer satisfies never
  }
}

function* pieces<T>(all: readonly T[]) {
  for (let from = 0; from < all.length; from += pieceOrders) yield all.slice(from, from + pieceOrders)
}
