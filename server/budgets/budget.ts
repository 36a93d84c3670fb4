/** A budget that refills with time: `limit` units, refilled from empty to full in `perMs`. */
export interface Budget {
  limit: number
  /** ms until an empty budget is full again. */ perMs: number
}

/**
 * How much of a budget is used is stored as one moment: when all of it will have refilled, ms (the generic cell rate
 * algorithm, ITU-T I.371). An unused budget is any moment of the past, so a missing or an old row means the same as no
 * row.
 */
export type Until = number

const unitMs = ({ limit, perMs }: Budget) => perMs / limit

/** Never counts more than the whole budget as used, so that a clock that was set back locks nobody out for longer. */
const used = (budget: Budget, until: Until, now: number) => Math.min(Math.max(0, until - now), budget.perMs)

/** How much of it is used. */
export const levelOf = (budget: Budget, until: Until, now: number) => used(budget, until, now) / unitMs(budget)

/** The budget after using `cost` more of it, or after giving it back when `cost` is negative. */
export const afterUse = (budget: Budget, until: Until, cost: number, now: number): Until =>
  Math.round(now + Math.max(0, used(budget, until, now) + cost * unitMs(budget)))

/** How long until there is room for `cost`, ms; 0 when there is room now. */
export const waitFor = (budget: Budget, until: Until, cost: number, now: number) =>
  Math.max(0, Math.ceil(used(budget, until, now) + cost * unitMs(budget) - budget.perMs))

/**
 * The same for one of many who share a budget: nobody takes more than a `share` of what the others have left, so that
 * whoever comes last still finds some. Waits grow with one's own tries and with everybody's.
 */
export function waitForShare(
  { all, one, share }: SharedBudget,
  until: { all: Until; one: Until },
  now: number,
): number {
  const [allLevel, oneLevel] = [levelOf(all, until.all, now), levelOf(one, until.one, now)]
  const over = oneLevel + 1 - share * (all.limit - allLevel)
  const perMs = 1 / unitMs(one) + share / unitMs(all)
  return over < 1e-9 ? waitFor(all, until.all, 1, now) : Math.ceil(over / perMs)
}

export interface SharedBudget {
  all: Budget
  one: Budget
  /** 0 to 1 */ share: number
}
