import type { z } from 'zod'
import type { Pizzeria } from '../../shared/menu/pizzeria.ts'
import type { Tx } from '../../db/store.ts'
import type { KitchenLoad } from '../../db/store/kitchen-load.ts'
import { addDays, businessDay } from '../../shared/menu/hours.ts'
import { isOpenAt, openSince, staysOpen } from '../../shared/menu/openings.ts'
import { pizzasIn, priceLines, uncounted, type PriceList } from '../../shared/menu/pricing.ts'
import { promise, type PromiseTime } from '../../shared/menu/quote.ts'
import type { Line, OrderLine } from '../../shared/menu/line.ts'
import type { Order, quoteInput } from '../../shared/order/order.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { aheadDaysOf, openingAfter, pauseEnd, readPrices, requireOpen, requirePizzeria } from '../menu/pizzeria.ts'
import type { Context } from '../context.ts'

export interface Quote {
  lines: OrderLine[]
  /** Minor units */
  total: number
  currency: string
  promise: { at: string; because: PromiseTime['because'] }
}

/**
 * The priced basket and the promise as of now; nothing is written. Staff are quoted as they may place: also while it is
 * closed or paused, and past the limits.
 */
export async function quote(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  pizzeria: string,
  input: z.infer<typeof quoteInput>,
  { byStaff = false } = {},
): Promise<Quote> {
  return await store.read(async (tx) => {
    const [found, now] = [await requirePizzeria(tx, pizzeria), clock()]
    if (!byStaff) requireOpen(found, now, input.for)
    const prices = await readPrices(tx, found)
    return await quoteIn(tx, found, prices, input.lines, { now, later: input.for, unlimited: byStaff })
  })
}

export interface QuoteOptions {
  /** ms */ now: number
  /** ISO 8601: the time that the customer asks for. */ later?: string
  unlimited?: boolean
  /** For a rehearsal: counted stock is ignored. */ test?: boolean
}

/** The same within a transaction that may then write. */
export async function quoteIn(
  tx: Tx,
  pizzeria: Pizzeria,
  prices: PriceList,
  wanted: Line[],
  { now, later, unlimited, test }: QuoteOptions,
): Promise<Quote> {
  const priced = priceLines(test ? uncounted(prices) : prices, wanted, { unlimited })
  if (!priced.ok) throw new Rejected(priced.rejection.code, priced.rejection.details)
  const pizzas = pizzasIn(priced)
  const { at, because } = promiseIn(pizzeria, await tx.load(pizzeria), { now, later, pizzas, unlimited })
  return {
    lines: priced.lines,
    total: priced.total,
    currency: prices.currency,
    promise: { at: new Date(at).toISOString(), because },
  }
}

/** A later time (ms), or the first at which something can be ready after a pause and in the opening that it lies in. */
function readyAfterOpening(pizzeria: Pizzeria, wanted: number, now: number): number {
  const { settings, timezone } = pizzeria
  const base = settings.kitchen.baseMinutes * 60_000
  const later = Math.max(wanted, (pauseEnd(pizzeria, now) ?? -Infinity) + base)
  return Math.max(later, (openSince(settings, timezone, later) ?? -Infinity) + base)
}

/**
 * When so many pizzas would be ready behind what the kitchen has. `order.time_invalid` and `pizzeria.last_orders` where
 * nobody would hand them over then.
 */
export function promiseIn(
  pizzeria: Pizzeria,
  { promised, pizzasAhead }: Pick<KitchenLoad, 'promised' | 'pizzasAhead'>,
  { now, later, pizzas, unlimited }: QuoteOptions & { pizzas: number },
): PromiseTime {
  const notBefore = later === undefined ? undefined : readyAfterOpening(pizzeria, Date.parse(later), now)
  const found = promise(pizzeria.settings.kitchen, {
    now,
    promised,
    pizzasAhead,
    pizzas,
    busyMinutes: pizzeria.busyMinutes,
    notBefore,
  })
  requireTime(pizzeria, found.at, { now, later, unlimited })
  return found
}

/** However far ahead the pizzeria lets its customers order, nobody orders further; also the counter. */
const maxAheadDays = 30

/** Refuses a promise (ms) for a time at which, or so far ahead that, nobody says yes to it. */
function requireTime(pizzeria: Pizzeria, at: number, { now, later, unlimited }: QuoteOptions) {
  const { settings, timezone } = pizzeria
  const [today, day] = [businessDay(now, timezone), businessDay(at, timezone)]
  const isTooFar = day > today && day > addDays(today, unlimited ? maxAheadDays : aheadDaysOf(settings))
  if (isTooFar || (later && !unlimited && !isOpenAt(settings, timezone, at))) throw new Rejected('order.time_invalid')
  // The counter knows whether the oven is still hot, so it is bound neither by the hours nor by the closing time.
  if (unlimited) return
  const lastOrderAt = now + (settings.lastOrderMinutes ?? 0) * 60_000
  // Past the last order, the rest of this opening cannot be ordered for by its time either.
  const forThisOpening = !later || staysOpen(settings, timezone, now, at)
  if (forThisOpening && !staysOpen(settings, timezone, now, Math.max(at, lastOrderAt)))
    throw new Rejected('pizzeria.last_orders', openingAfter(pizzeria, now))
}

/** Whether an order waits until it is sent to the kitchen. `now` in ms. */
export const isForLater = (
  { settings }: Pick<Pizzeria, 'settings'>,
  { wantedAt, promiseAt }: Pick<Order, 'wantedAt' | 'promiseAt'>,
  now: number,
) => Boolean(wantedAt) && Date.parse(promiseAt) - settings.kitchen.leadMinutes * 60_000 > now
