/** A budget that comes back by time: so much of it, all of it back after so long. */
export interface Budget {
  limit: number
  /** ms in which the whole of it comes back. */ perMs: number
}

/**
 * How much of a budget is used is kept as one moment: when all of it will have come back, ms (the generic cell rate
 * algorithm, ITU-T I.371). Unused is any moment of the past, so a row that is missing or old says the same as none.
 */
export type Until = number

const unitMs = ({ limit, perMs }: Budget) => perMs / limit

/** A clock that was set back must not lock anybody out: more than the whole budget is never used. */
const used = (budget: Budget, until: Until, now: number) => Math.min(Math.max(0, until - now), budget.perMs)

/** How much of it is used. */
export const levelOf = (budget: Budget, until: Until, now: number) => used(budget, until, now) / unitMs(budget)

/** After using `cost` more of it, or giving it back where negative. */
export const afterUse = (budget: Budget, until: Until, cost: number, now: number): Until =>
  Math.round(now + Math.max(0, used(budget, until, now) + cost * unitMs(budget)))

/** How long until there is room for `cost`, ms; 0: now. */
export const waitFor = (budget: Budget, until: Until, cost: number, now: number) =>
  Math.max(0, Math.ceil(used(budget, until, now) + cost * unitMs(budget) - budget.perMs))

/**
 * The same for one of many who draw on one budget: nobody takes more than a `share` of what the others have left of it,
 * so that whoever comes last still finds something. Waits grow with the tries, and with everybody's.
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
