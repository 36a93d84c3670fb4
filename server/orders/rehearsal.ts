import { randomUUID } from 'node:crypto'
import type { Menu } from '../../shared/menu/menu.ts'
import { isActive } from '../../shared/order/moves.ts'
import { placeInput, type OrderState } from '../../shared/order/order.ts'
import type { RehearsedOrder } from '../../shared/order/rehearsal.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Context } from '../context.ts'
import { newId } from '../ground/ids.ts'
import { changeOrder } from './change.ts'
import { readMenu, requirePizzeria } from '../menu/pizzeria.ts'
import { placeOrder } from './place.ts'
import { quoteIn } from './quote.ts'

export interface RehearsalSettings {
  minutes: number
  /** Made-up staff bake and hand over, ms after the order, so that the queue moves by itself; null: nobody does. */
  staff: { readyAfterMs: number; collectedAfterMs: number } | null
}
/** Two people at the bench need about four minutes for an order, and customers collect it three minutes later. */
export const unhurriedStaff = { readyAfterMs: 4 * 60_000, collectedAfterMs: 7 * 60_000 }
export interface RehearsalView {
  running: boolean
  placed: number
  planned: number
  endsAt: string | null
}

interface Running {
  id: string
  placed: number
  timers: Set<NodeJS.Timeout>
}

/** The first order comes after this at the latest, ms. */
const firstMs = 2_000

/** A node that has said nothing for so long has died, ms. */
const deadAfterMs = 30_000

const idle: RehearsalView = { running: false, placed: 0, planned: 0, endsAt: null }

/**
 * Made-up evenings, one per pizzeria: real orders through the real path, marked TEST, and removed at the end. A row of
 * the database says that one runs, so that any node can end it, and that none outlives its own.
 */
export function createRehearsals(
  context: Pick<Context, 'config' | 'store' | 'commit' | 'clock' | 'trusted' | 'logger'>,
) {
  const { config, store, clock, trusted, logger } = context
  const running = new Map<string, Running>()

  /** Plays what `planOf` makes of the pizzeria's menu. */
  async function start(
    pizzeria: string,
    settings: RehearsalSettings,
    planOf: (menu: Menu) => RehearsedOrder[],
  ): Promise<RehearsalView> {
    const menu = await store.read(async (tx) => readMenu(tx, await requirePizzeria(tx, pizzeria), clock()))
    const plan = planOf(menu)
    const evening: Running = { id: newId(clock()), placed: 0, timers: new Set() }
    const row = { pizzeria, id: evening.id, planned: plan.length, placed: 0 }
    const endsAt = trusted.now() + settings.minutes * 60_000
    await stop(pizzeria)
    await store.write(pizzeria, async (tx) => {
      // Somebody else may have started one meanwhile: it ends, as every other that a new one finds.
      const other = await tx.rehearsal(pizzeria)
      if (other) await tx.dropRehearsal(pizzeria, other.id)
      await tx.insertRehearsal({ ...row, endsAt: Math.round(endsAt), seenAt: Math.round(trusted.now()) })
    })
    running.get(pizzeria)?.timers.forEach(clearTimeout)
    running.set(pizzeria, evening)
    // An evening begins slowly, but whoever starts one wants to see at once that it works.
    for (const [index, order] of plan.entries())
      later(evening, index === 0 ? Math.min(order.at, firstMs) : order.at, () =>
        place(pizzeria, evening, order, settings),
      )
    later(evening, settings.minutes * 60_000, () => stop(pizzeria).then(() => {}))
    return view(pizzeria)
  }

  function later(evening: Running, ms: number, task: () => Promise<void>) {
    const timer = setTimeout(() => {
      evening.timers.delete(timer)
      task().catch((error) =>
        logger.warn({ code: error instanceof Rejected ? error.code : String(error) }, 'a rehearsed step was refused'),
      )
    }, ms)
    evening.timers.add(timer)
  }

  async function place(
    pizzeria: string,
    evening: Running,
    { name, lines, note }: RehearsedOrder,
    settings: RehearsalSettings,
  ) {
    if (!(await goesOn(pizzeria, evening))) return
    const draft = { mode: 'pickup' as const, customer: { name }, lines, note, total: 0 }
    const input = placeInput.parse(draft)
    const total = await store.read(async (tx) => {
      const found = await requirePizzeria(tx, pizzeria)
      const menu: Menu = await readMenu(tx, found, clock())
      return (await quoteIn(tx, found, menu, input.lines, { now: clock(), unlimited: true })).total
    })
    const { order } = await placeOrder(context, {
      pizzeria,
      key: `rehearsal-${randomUUID()}`,
      input: { ...input, total },
      actor: 'manager',
      test: true,
    })
    evening.placed += 1
    if (!(await goesOn(pizzeria, evening))) return await advance(order.id, pizzeria, 'cancelled')
    if (!settings.staff) return
    later(evening, settings.staff.readyAfterMs, () => advance(order.id, pizzeria, 'ready'))
    later(evening, settings.staff.collectedAfterMs, () => advance(order.id, pizzeria, 'collected'))
  }

  async function advance(id: string, pizzeria: string, to: OrderState): Promise<void> {
    const order = await store.read((tx) => tx.order(id))
    if (!order || !isActive(order.state)) return
    await changeOrder(context, {
      id,
      pizzeria,
      command: { name: 'move', to, ifVersion: order.version, confirmUnpaid: true, reason: 'rehearsal' },
      actor: 'manager',
    })
  }

  /** Says that the evening's node lives. False: somebody has ended it, here or elsewhere, and nothing of it is left. */
  async function goesOn(pizzeria: string, { id, placed }: Running): Promise<boolean> {
    const seenAt = Math.round(trusted.now())
    if (await store.write(pizzeria, (tx) => tx.touchRehearsal({ pizzeria, id, placed, seenAt }))) return true
    await forget(pizzeria, id)
    return false
  }

  /** Ends what runs of it on this node, and takes its open orders off the screens, unless another one runs by now. */
  async function forget(pizzeria: string, id: string) {
    const evening = running.get(pizzeria)
    if (evening?.id === id) {
      running.delete(pizzeria)
      evening.timers.forEach(clearTimeout)
    }
    const left = await store.read(async (tx) =>
      (await tx.rehearsal(pizzeria)) === null
        ? await tx.ordersIn(pizzeria, ['scheduled', 'pending', 'queued', 'making', 'baking', 'ready'])
        : [],
    )
    for (const order of left) if (order.test) await advance(order.id, pizzeria, 'cancelled')
  }

  /** Ends the rehearsal, on whatever node it runs, and takes its open orders off the screens. */
  async function stop(pizzeria: string): Promise<RehearsalView> {
    const row = await store.read((tx) => tx.rehearsal(pizzeria))
    if (row) await store.write(pizzeria, (tx) => tx.dropRehearsal(pizzeria, row.id))
    await forget(pizzeria, row?.id ?? '')
    return await view(pizzeria)
  }

  /**
   * Says that what runs here is alive, notices what was ended elsewhere, and ends what a dead node has left. At the
   * start nothing runs yet, and a database file has no other node: whatever is there was left by a crash.
   */
  async function sweep({ atStart = false } = {}) {
    const left = atStart && config.DATABASE_URL.startsWith('file:') ? Infinity : trusted.now() - deadAfterMs
    for (const [pizzeria, evening] of [...running]) await goesOn(pizzeria, evening)
    for (const { pizzeria, seenAt } of await store.read((tx) => tx.rehearsals()))
      if (seenAt < left) await stop(pizzeria)
  }

  async function view(pizzeria: string): Promise<RehearsalView> {
    const row = await store.read((tx) => tx.rehearsal(pizzeria))
    if (!row) return idle
    const { placed, planned, endsAt } = row
    return { running: true, placed, planned, endsAt: new Date(endsAt).toISOString() }
  }

  return { start, stop, view, sweep }
}
export type Rehearsals = ReturnType<typeof createRehearsals>
