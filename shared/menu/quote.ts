/** What the promise depends on: a pizzeria's settings. */
export interface KitchenSettings {
  makers: number
  ovenSlots: number
  bakeSeconds: number
  reloadSeconds: number
  /** From order to hand-over when nothing else is waiting. */
  baseMinutes: number
  /** How many pizzas are promised in one slot at most. */
  pizzasPerSlot: number
  /** How long a slot is; 15 by default. */
  slotMinutes?: number
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
  /** Pizzas already promised, by the five minutes (`grainOf`, ms since 1970, UTC). */
  promised: ReadonlyMap<number, number>
}

export interface PromiseTime {
  at: number
  /** Why it is later than the base time, for the customer. */ because: 'base' | 'queue' | 'busy' | 'slot'
}

const minute = 60_000
/** Every promise falls on five minutes, so any slot is made of whole ones. */
export const grainMs = 5 * minute
export const slotMs = 15 * minute
const lengthOf = ({ slotMinutes }: KitchenSettings) => (slotMinutes ?? 15) * minute
const roundUp = (time: number, step: number) => Math.ceil(time / step) * step

/** One person tops 25 to 30 pizzas an hour (source: PMQ forum, "one pizza maker shop volume"). */
const pizzasPerMakerHour = 28

/** Pizzas per hour: the slower of makers and oven. */
export const kitchenRate = (kitchen: KitchenSettings) =>
  Math.min(
    kitchen.makers * pizzasPerMakerHour,
    (kitchen.ovenSlots * 3600) / (kitchen.bakeSeconds + kitchen.reloadSeconds),
  )

/** The first moment (ms) at which this could be ready, whatever the slots hold. */
export function soonest(kitchen: KitchenSettings, load: Omit<Load, 'promised' | 'notBefore'>): number {
  const base = load.now + kitchen.baseMinutes * minute
  return Math.max(base, queueEnd(kitchen, load)) + load.busyMinutes * minute
}

const queueEnd = (kitchen: KitchenSettings, load: Pick<Load, 'now' | 'pizzasAhead' | 'pizzas'>) =>
  load.now + ((load.pizzasAhead + load.pizzas) / kitchenRate(kitchen)) * 60 * minute

/**
 * The time told to the customer before checkout: `max(now + base, now + pizzas ahead / rate)` plus busy minutes, or the
 * later time that the customer asks for; rounded up to 5 minutes, then moved to the first slot with room for these
 * pizzas. An order larger than a whole slot takes the first empty one.
 */
export function promise(kitchen: KitchenSettings, load: Load): PromiseTime {
  const first = soonest(kitchen, load)
  const wished = load.notBefore !== undefined && load.notBefore > first
  const at = firstWithRoom(kitchen, load, roundUp(wished ? load.notBefore! : first, grainMs))
  const waits = queueEnd(kitchen, load) > load.now + kitchen.baseMinutes * minute
  const because = at.moved ? 'slot' : wished ? 'base' : waits ? 'queue' : load.busyMinutes > 0 ? 'busy' : 'base'
  return { at: at.time, because }
}

function firstWithRoom(kitchen: KitchenSettings, { promised, pizzas }: Load, from: number) {
  const length = lengthOf(kitchen)
  for (let time = from, moved = false; ; time = slotOf(time, length) + length, moved = true)
    if (hasRoom(kitchen, promised, time, pizzas)) return { time, moved }
}

/** Whether so many pizzas fit into the slot of a moment (ms). What holds no pizza fits everywhere. */
export function hasRoom(kitchen: KitchenSettings, promised: Load['promised'], time: number, pizzas: number): boolean {
  const taken = takenIn(kitchen, promised, time)
  return (
    pizzas === 0 ||
    taken + pizzas <= kitchen.pizzasPerSlot ||
    // More than a whole slot holds is made in an empty one.
    (taken === 0 && pizzas > kitchen.pizzasPerSlot)
  )
}

/** The pizzas that are promised in the slot of a moment (ms). */
export function takenIn(kitchen: KitchenSettings, promised: Load['promised'], time: number): number {
  const length = lengthOf(kitchen)
  const start = slotOf(time, length)
  let taken = 0
  for (let at = start; at < start + length; at += grainMs) taken += promised.get(at) ?? 0
  return taken
}

/** The start (ms) of the slot that a promise falls into; of a quarter hour, unless a length (ms) is given. */
export const slotOf = (time: number, length = slotMs) => Math.floor(time / length) * length
/** The start (ms) of the five minutes that a promise falls into. */
export const grainOf = (time: number) => slotOf(time, grainMs)

/** The start (ms) of the slot of a moment, and its length. */
export const slotAround = (kitchen: KitchenSettings, time: number) => {
  const length = lengthOf(kitchen)
  return { start: slotOf(time, length), length }
}

/** What a quarter of an hour holds, however long the slots are: budgets count in it. */
export const pizzasPerQuarter = (kitchen: KitchenSettings) =>
  Math.ceil((kitchen.pizzasPerSlot * slotMs) / lengthOf(kitchen))
