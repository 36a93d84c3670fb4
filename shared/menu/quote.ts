/** What the promise depends on: a pizzeria's settings. */
export interface KitchenSettings {
  makers: number
  ovenSlots: number
  bakeSeconds: number
  reloadSeconds: number
  /** From order to hand-over when nothing else is waiting. */
  baseMinutes: number
  /** The most pizzas promised in one quarter of an hour. */
  pizzasPerSlot: number
  /** How long before the promise a scheduled order is released to the kitchen. */
  leadMinutes: number
}

export interface Load {
  now: number
  /** Pizzas of open orders ahead of this one. */
  pizzasAhead: number
  /** Pizzas of this order. */
  pizzas: number
  busyMinutes: number
  /** The customer asks for this time (ms) or later; without it, for as soon as possible. */
  notBefore?: number
  /** Pizzas already promised, by start of the quarter hour (ms since 1970, UTC). */
  promised: ReadonlyMap<number, number>
}

export interface PromiseTime {
  at: number
  /** Why it is later than the base time, for the customer. */ because: 'base' | 'queue' | 'busy' | 'slot'
}

const minute = 60_000
export const slotMs = 15 * minute
const roundUp = (time: number, step: number) => Math.ceil(time / step) * step

/** One person tops 25 to 30 pizzas an hour (source: PMQ forum, "one pizza maker shop volume"). */
const pizzasPerMakerHour = 28

/** Pizzas per hour: the slower of makers and oven. */
export const kitchenRate = (kitchen: KitchenSettings) =>
  Math.min(
    kitchen.makers * pizzasPerMakerHour,
    (kitchen.ovenSlots * 3600) / (kitchen.bakeSeconds + kitchen.reloadSeconds),
  )

/**
 * The time told to the customer before checkout: `max(now + base, now + pizzas ahead / rate)` plus busy minutes, or the
 * later time that the customer asks for; rounded up to 5 minutes, then moved to the first quarter hour with room for
 * these pizzas. An order larger than a whole slot takes the first empty one.
 */
export function promise(kitchen: KitchenSettings, load: Load): PromiseTime {
  const base = load.now + kitchen.baseMinutes * minute
  const queue = load.now + ((load.pizzasAhead + load.pizzas) / kitchenRate(kitchen)) * 60 * minute
  const soonest = Math.max(base, queue) + load.busyMinutes * minute
  const wished = load.notBefore !== undefined && load.notBefore > soonest
  const at = firstWithRoom(kitchen, load, roundUp(wished ? load.notBefore! : soonest, 5 * minute))
  const because = at.moved ? 'slot' : wished ? 'base' : queue > base ? 'queue' : load.busyMinutes > 0 ? 'busy' : 'base'
  return { at: at.time, because }
}

function firstWithRoom(kitchen: KitchenSettings, load: Load, from: number) {
  for (let time = from, moved = false; ; time = Math.floor(time / slotMs) * slotMs + slotMs, moved = true) {
    const taken = load.promised.get(Math.floor(time / slotMs) * slotMs) ?? 0
    if (
      load.pizzas === 0 ||
      taken + load.pizzas <= kitchen.pizzasPerSlot ||
      (taken === 0 && load.pizzas > kitchen.pizzasPerSlot)
    )
      return { time, moved }
  }
}

/** The start (ms) of the quarter hour that a promise falls into. */
export const slotOf = (time: number) => Math.floor(time / slotMs) * slotMs
