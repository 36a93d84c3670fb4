import { randomUUID } from 'node:crypto'
import type { Menu } from '../../shared/menu/menu.ts'
import { isActive } from '../../shared/order/moves.ts'
import { placeInput, type Order, type OrderState } from '../../shared/order/order.ts'
import { rehearse, type RehearsedOrder } from '../../shared/order/rehearsal.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Context } from '../context.ts'
import { changeOrder } from './change.ts'
import { readMenu, requirePizzeria } from '../menu/pizzeria.ts'
import { placeOrder } from './place.ts'
import { quoteIn } from './quote.ts'

export interface RehearsalSettings {
  minutes: number
  peak: number
  seed: string
  /** Made-up staff bake and hand over, so that the queue moves by itself. */ staffed: boolean
}
export interface RehearsalView {
  running: boolean
  placed: number
  planned: number
  endsAt: string | null
}

interface Running {
  placed: number
  planned: number
  endsAt: number
  timers: Set<NodeJS.Timeout>
  orders: Set<string>
}

/** The first order comes after this at the latest, ms. */
const firstMs = 2_000

const idle: RehearsalView = { running: false, placed: 0, planned: 0, endsAt: null }

/**
 * Made-up evenings, one per pizzeria on each node: real orders through the real path, marked TEST, and removed at the
 * end.
 */
export function createRehearsals(context: Pick<Context, 'store' | 'commit' | 'clock' | 'logger'>) {
  const { store, clock, logger } = context
  const running = new Map<string, Running>()

  async function start(pizzeria: string, settings: RehearsalSettings): Promise<RehearsalView> {
    await stop(pizzeria)
    const menu = await store.read(async (tx) => readMenu(tx, await requirePizzeria(tx, pizzeria), clock()))
    const plan = rehearse({ menu, ...settings })
    const evening: Running = {
      placed: 0,
      planned: plan.length,
      endsAt: clock() + settings.minutes * 60_000,
      timers: new Set(),
      orders: new Set(),
    }
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
    evening.orders.add(order.id)
    if (!settings.staffed) return
    // Two people at the bench need about four minutes for an order, and customers collect it three minutes later.
    later(evening, 4 * 60_000, () => advance(order.id, pizzeria, 'ready'))
    later(evening, 7 * 60_000, () => advance(order.id, pizzeria, 'collected'))
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

  /** Ends the rehearsal and takes its open orders off the screens, including those that a restart left behind. */
  async function stop(pizzeria: string): Promise<RehearsalView> {
    const evening = running.get(pizzeria)
    running.delete(pizzeria)
    evening?.timers.forEach(clearTimeout)
    const left = (
      await store.read((tx) => tx.ordersIn(pizzeria, ['scheduled', 'pending', 'queued', 'making', 'baking', 'ready']))
    ).filter((order: Order) => order.test)
    for (const order of left) await advance(order.id, pizzeria, 'cancelled')
    return view(pizzeria)
  }

  function view(pizzeria: string): RehearsalView {
    const evening = running.get(pizzeria)
    return evening
      ? {
          running: true,
          placed: evening.placed,
          planned: evening.planned,
          endsAt: new Date(evening.endsAt).toISOString(),
        }
      : idle
  }

  return { start, stop, view }
}
export type Rehearsals = ReturnType<typeof createRehearsals>
