import type { Tx } from '../../db/store.ts'
import { Rejected, type RejectionCode } from '../../shared/order/rejections.ts'
import type { Context } from '../context.ts'
import { afterUse, waitFor, waitForShare, type Budget, type SharedBudget } from './budget.ts'
import { budgets as table } from './table.ts'
import { addressKey, hashWho } from './who.ts'

/** How many budgets a process keeps in memory at most; after that it forgets the oldest. */
const maxRemembered = 10_000

/**
 * Applies the budgets of `table.ts`. A budget that must hold over restarts and on several nodes is a row of the
 * database; one that belongs to this process (its sockets, its reading of the log) is counted here.
 */
export function createBudgets(
  { store, clock, uptime }: Pick<Context, 'store' | 'clock' | 'uptime'>,
  secret: () => string,
) {
  const lines = new Map<string, number>()
  const replayed = new Map<string, number>()

  /** Whom a request is counted for, as a hash that does not reveal who it is. */
  const who = (kind: 'address' | 'phone' | 'table' | 'device' | 'session', value: string) =>
    hashWho(secret(), `${kind} ${kind === 'address' ? addressKey(value) : value}`)

  /** Uses one unit of a budget, or refuses with the seconds to wait. */
  async function spend(name: 'pairing', by: string) {
    const waitMs = await store.write(null, (tx) => use(tx, name, by, table[name], clock()))
    if (waitMs > 0) throw slowDown(waitMs)
  }

  /** Takes one more live connection; false when there is no room. Give it back with `hangUp`. */
  function pickUp(by: string, limit: number): boolean {
    const open = (lines.get(by) ?? 0) + 1
    if (open > limit) return false
    lines.set(by, open)
    return true
  }
  function hangUp(by: string) {
    const open = (lines.get(by) ?? 1) - 1
    if (open === 0) lines.delete(by)
    else lines.set(by, open)
  }

  /** Whether `by` may read that many events from the log now. Counts them if so. */
  function mayReplay(by: string, events: number): boolean {
    const now = uptime()
    const until = replayed.get(by) ?? 0
    if (waitFor(table.replay, until, events, now) > 0) return false
    replayed.delete(by)
    if (replayed.size >= maxRemembered) replayed.delete(replayed.keys().next().value!)
    replayed.set(by, afterUse(table.replay, until, events, now))
    return true
  }

  return { who, spend, pickUp, hangUp, mayReplay }
}
export type Budgets = ReturnType<typeof createBudgets>

/**
 * Uses one unit of a budget kept in the database. Returns 0, or the ms to wait when none is left; then nothing is used.
 */
export async function use(tx: Tx, what: string, who: string, budget: Budget, now: number): Promise<number> {
  const until = await tx.budgetUntil(what, who)
  const waitMs = waitFor(budget, until, 1, now)
  if (waitMs === 0) await tx.keepBudget({ what, who, until: afterUse(budget, until, 1, now) })
  return waitMs
}

/** The same for a budget that everybody shares: `all` is the row for everybody together. */
export async function useShared(
  tx: Tx,
  what: string,
  { one, all }: { one: string; all: string },
  budget: SharedBudget,
  now: number,
): Promise<number> {
  const until = { one: await tx.budgetUntil(what, one), all: await tx.budgetUntil(what, all) }
  const waitMs = waitForShare(budget, until, now)
  if (waitMs > 0) return waitMs
  await tx.keepBudget({ what, who: one, until: afterUse(budget.one, until.one, 1, now) })
  await tx.keepBudget({ what, who: all, until: afterUse(budget.all, until.all, 1, now) })
  return 0
}

/** Gives back what a try used when it turned out not to count. */
export async function giveBack(tx: Tx, what: string, who: string, budget: Budget, now: number) {
  const until = afterUse(budget, await tx.budgetUntil(what, who), -1, now)
  await tx.keepBudget({ what, who, until })
}

export const slowDown = (waitMs: number, code: RejectionCode = 'staff.slow_down') =>
  new Rejected(code, { retryAfter: Math.max(1, Math.ceil(waitMs / 1000)) })
