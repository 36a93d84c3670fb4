import type { Tx } from '../../db/store.ts'
import { Rejected, type RejectionCode } from '../../shared/order/rejections.ts'
import type { Context } from '../context.ts'
import { afterUse, waitFor, waitForShare, type Budget, type SharedBudget } from './budget.ts'
import { budgets as table } from './table.ts'
import { addressKey, hashWho } from './who.ts'

/** Budgets in memory that a process remembers at most; past them the oldest is forgotten. */
const maxRemembered = 10_000

/**
 * The budgets of `table.ts` at work. What must hold over restarts and on several nodes is a row of the database; what
 * belongs to this process (its sockets, its reading of the log) is counted here.
 */
export function createBudgets(
  { store, clock, uptime }: Pick<Context, 'store' | 'clock' | 'uptime'>,
  secret: () => string,
) {
  const lines = new Map<string, number>()
  const replayed = new Map<string, number>()

  /** Whom a request counts as, in a form that says nothing of them. */
  const who = (kind: 'address' | 'phone' | 'table' | 'device' | 'session', value: string) =>
    hashWho(secret(), `${kind} ${kind === 'address' ? addressKey(value) : value}`)

  /** Uses one of a budget, or refuses with the seconds to wait. */
  async function spend(name: 'pairing', by: string) {
    const waitMs = await store.write(null, (tx) => use(tx, name, by, table[name], clock()))
    if (waitMs > 0) throw slowDown(waitMs)
  }

  /** One more live line: whether there is room. Give it back with `hangUp`. */
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

  /** Whether so many events may be read from the log for them now; counted when they may. */
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

/** Uses one of a budget kept in the database; ms to wait when there is none left, and then nothing is used. */
export async function use(tx: Tx, what: string, who: string, budget: Budget, now: number): Promise<number> {
  const until = await tx.budgetUntil(what, who)
  const waitMs = waitFor(budget, until, 1, now)
  if (waitMs === 0) await tx.keepBudget({ what, who, until: afterUse(budget, until, 1, now) })
  return waitMs
}

/** The same for a budget that everybody shares: `all` is the row of everybody together. */
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

/** Gives back what a try has used that was none. */
export async function giveBack(tx: Tx, what: string, who: string, budget: Budget, now: number) {
  const until = afterUse(budget, await tx.budgetUntil(what, who), -1, now)
  await tx.keepBudget({ what, who, until })
}

export const slowDown = (waitMs: number, code: RejectionCode = 'staff.slow_down') =>
  new Rejected(code, { retryAfter: Math.max(1, Math.ceil(waitMs / 1000)) })
