import type { Session } from '../../shared/staff/session.ts'
import type { Tx } from '../../db/store.ts'
import type { z } from 'zod'
import type { shownBody } from '../../shared/live/messages.ts'
import { prove, wholeDuty } from '../../shared/order/duty.ts'
import type { ScreenReport } from '../../shared/order/views.ts'
import type { Append, Context } from '../context.ts'
import type { EventType, Logged } from '../../shared/live/events.ts'
import { viewScreen } from './streams/view-screen.ts'
import { newId } from '../ground/ids.ts'
import { inPieces } from '../ground/pieces.ts'

/**
 * After how long without proof (ms) an order is sent again, raises the alarm at the counter, and is reported to the
 * manager.
 */
export const escalation = [20_000, 45_000, 90_000] as const
/** A screen reports every 8 s; after two and a half times that it counts as gone. */
export const silenceMs = 20_000

/** What a visible page has painted: these orders, or, without names, everything up to a log position. */
export type Shown = z.infer<typeof shownBody>

/**
 * How long a silent screen is still responsible for its lines (ms). Within an evening somebody must look after it;
 * until then an order that only this screen would paint does not count as shown.
 */
const answersForMs = 12 * 60 * 60_000

/** How many orders one transaction raises: a few ms of work. */
const ordersAtOnce = 50

/** The kitchen screen that shows orders, by the id of its device. */
export interface Viewer {
  pizzeria: string
  device: string | null
  session: Session
}

/** Each pizzeria once, because a transaction belongs to one of them. */
const pizzeriasOf = (all: { pizzeria: string }[]) => new Set(all.map(({ pizzeria }) => pizzeria))
const of = <One extends { pizzeria: string }>(pizzeria: string, all: One[]) =>
  all.filter((one) => one.pizzeria === pizzeria)

type KitchenType = Extract<EventType, `kitchen.${string}`>
type KitchenNews = { [T in KitchenType]: { type: T; data: Logged<T> } }[KitchenType]

/** Proof of display: what visible kitchen pages report as painted, and what happens when no page reports an order. */
export function createDisplay(ground: Pick<Context, 'store' | 'commit' | 'clock' | 'metrics' | 'uptime' | 'life'>) {
  const { store, commit, clock, metrics } = ground
  const kitchenEvent = (append: Append, pizzeria: string, news: KitchenNews, now: number) =>
    append({ pizzeria, id: newId(now), subject: 'kitchen', version: now, at: now, actor: 'kitchen', ...news })

  /**
   * What a message proves and what it leaves open: an order that another screen must paint too is noted and waits for
   * that screen (DSP-4).
   */
  async function examine(tx: Tx, pizzeria: string, { position, orders, duty = wholeDuty }: Shown) {
    if (!orders) return { proven: await tx.notShownUpTo(pizzeria, position), noted: [] }
    const waiting = orders.length > 0 ? await tx.notShownAmong(pizzeria, orders) : []
    if (waiting.length === 0) return { proven: [], noted: [] }
    const since = clock() - answersForMs
    const duties = (await tx.screens(pizzeria))
      .filter(({ connected, seenAt }) => connected || seenAt > since)
      .map(({ report }) => report.duty ?? wholeDuty)
    const judged = waiting.map((one) => ({ ...one, ...prove(one.order, one.painted, duty, duties), was: one.painted }))
    return {
      proven: judged.filter(({ isShown }) => isShown).map(({ order }) => order),
      noted: judged.filter(({ isShown, painted, was }) => !isShown && painted.length > was.length),
    }
  }

  /** A visible page has painted orders. */
  async function shown({ pizzeria, device, session }: Viewer, said: Shown) {
    // Most of these messages prove nothing new, so they must not cost a write.
    const candidates = await store.read((tx) => examine(tx, pizzeria, said))
    if (candidates.proven.length + candidates.noted.length === 0) return
    const now = clock()
    const shown = await commit(pizzeria, async (tx, append) => {
      if (!(await isThere(tx, session, now))) return []
      const { proven, noted } = await examine(tx, pizzeria, said)
      for (const { order, painted } of noted) await tx.notePainted(order.id, painted)
      if (proven.length === 0) return proven
      for (const order of proven) await tx.markShown(order, now)
      const data = { orders: proven.map(({ id }) => ({ id, shownAt: new Date(now).toISOString() })) }
      await kitchenEvent(append, pizzeria, { type: 'kitchen.shown', data }, now)
      if (device) await tx.saveScreen(pizzeria, device, { shownPosition: said.position, seenAt: now })
      return proven
    })
    for (const order of shown)
      metrics.commitToShown.observe((now - Date.parse(order.queuedAt ?? order.placedAt)) / 1000)
  }

  /** A screen that was removed on another node may still be heard here: it must not come back by it. */
  const isThere = async (tx: Tx, { id }: Session, now: number) => (await tx.liveSession(id, now)) !== undefined

  /** A kitchen screen reports its health, with its hello and every 8 s. The counter is told what matters. */
  async function report({ pizzeria, device, session }: Viewer, said: ScreenReport | null) {
    if (!device) return
    await commit(pizzeria, async (tx, append) => {
      const now = clock()
      if (!(await isThere(tx, session, now))) return
      const before = await tx.screen(pizzeria, device)
      const name = before?.name || session.name
      const after = await tx.saveScreen(pizzeria, device, {
        name,
        connected: true,
        seenAt: now,
        removedAt: null,
        ...(said && { report: said }),
      })
      if (!before?.connected || (said && JSON.stringify(said) !== JSON.stringify(before.report)))
        await kitchenEvent(append, pizzeria, { type: 'kitchen.screen', data: viewScreen(after) }, now)
    })
  }

  /** Tells the counter which screens have gone silent, with what they last reported. */
  async function noticeSilence() {
    const now = clock()
    const silentSince = (tx: Tx) => tx.silentSince(now - silenceMs)
    for (const pizzeria of pizzeriasOf(await store.read(silentSince)))
      await commit(pizzeria, async (tx, append) => {
        for (const { id } of of(pizzeria, await silentSince(tx))) {
          const after = await tx.saveScreen(pizzeria, id, { connected: false })
          await kitchenEvent(append, pizzeria, { type: 'kitchen.screen', data: viewScreen(after) }, now)
        }
      })
  }

  /** Raises orders without proof level by level. The level is kept with the order, so a restart repeats nothing. */
  async function escalate() {
    const now = clock()
    for (const [index, after] of escalation.entries()) {
      const level = index + 1
      const late = (tx: Tx) => tx.unseenSince(now - after, level, ordersAtOnce)
      await inPieces(ground, ordersAtOnce, async () => {
        const found = await store.read(late)
        for (const pizzeria of pizzeriasOf(found))
          await commit(pizzeria, async (tx, append) => {
            for (const order of of(pizzeria, await late(tx))) {
              await tx.markUnseen(order.id, level)
              const data = { level, since: order.queuedAt ?? order.placedAt, order }
              await kitchenEvent(append, pizzeria, { type: 'kitchen.unseen', data }, now)
            }
          })
        return found.length
      })
    }
  }

  /** The counter rings the kitchen, to test that somebody hears it. */
  const ring = (pizzeria: string) =>
    commit(pizzeria, async (_tx, append) => {
      await kitchenEvent(append, pizzeria, { type: 'kitchen.ring', data: {} }, clock())
    })

  return { shown, report, noticeSilence, escalate, ring }
}
export type Display = ReturnType<typeof createDisplay>
