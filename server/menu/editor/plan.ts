import { z } from 'zod'
import type { Tx } from '../../../db/store.ts'
import type { MenuPlan } from '../../../db/store/plans.ts'
import { checkMenu, menuDocument, menuFields, type MenuDocument } from '../../../shared/menu/document.ts'
import { mergeMenus } from '../../../shared/menu/edit-menu.ts'
import { compareMenus, isUnchanged, type MenuChanges } from '../../../shared/menu/menu-changes.ts'
import { Rejected, type RejectionCode } from '../../../shared/order/rejections.ts'
import { sameValue } from '../../../shared/same-value.ts'
import type { Context } from '../../context.ts'
import { signedBy } from '../../ground/commit.ts'
import { changeMenu } from '../change.ts'
import { requirePizzeria } from '../pizzeria.ts'
import { documentOf, readBook } from './book.ts'
import { beside } from './input.ts'
import { requirePhotos } from './photos.ts'
import { replaceMenu, type Publish } from './publish.ts'

/** How far ahead a menu can be planned, ms: a season. */
const maxAheadMs = 366 * 86_400_000

/** A menu and when it is to be published. */
export const planInput = z
  .strictObject({ ...menuFields, ...beside, ifVersion: z.int().min(0), at: z.iso.datetime() })
  .superRefine(checkMenu)
  .transform(({ ifVersion, at, ...menu }) => ({ ifVersion, at, menu: documentOf(menu) }))

/** A plan as its managers see it. */
export interface PlanView {
  /** ISO 8601 */
  at: string
  /** Who planned it; null: nobody whose name is known. */
  by: string | null
  /** Why it was not published at its time: it waits for somebody to look at it. */
  trouble: RejectionCode | null
  /** What it would change in the menu of now. */
  changes: MenuChanges
  /** The menu itself, and the published one that it was made from; only where it is asked for whole. */
  menu?: MenuDocument
  base?: MenuDocument
}

async function viewPlan(tx: Tx, plan: MenuPlan, isWhole: boolean): Promise<PlanView> {
  const now = documentOf(await readBook(tx, await requirePizzeria(tx, plan.pizzeria)))
  const by = (await tx.everyStaffOf(plan.pizzeria)).find(({ id }) => id === plan.by)
  return {
    at: new Date(plan.at).toISOString(),
    by: by?.name ?? null,
    trouble: plan.trouble as RejectionCode | null,
    changes: compareMenus(now, mergeMenus(plan.base, plan.menu, now).menu),
    ...(isWhole && { menu: plan.menu, base: plan.base }),
  }
}

/** The menu that is to be published next, or null. */
export async function readPlan({ store }: Pick<Context, 'store'>, pizzeria: string, isWhole: boolean) {
  return await store.read(async (tx) => {
    await requirePizzeria(tx, pizzeria)
    const plan = await tx.plan(pizzeria)
    return plan ? await viewPlan(tx, plan, isWhole) : null
  })
}

/**
 * Plans a menu for a time. `menu.stale` as for a publish; `menu.planned` where another plan waits already, for two
 * plans could contradict each other: it is cancelled first.
 */
export async function planMenu(
  { commit, clock }: Pick<Context, 'commit' | 'clock'>,
  { pizzeria: id, ifVersion, menu, at, by, actor }: Publish & { at: string; by: string | null },
): Promise<PlanView> {
  return await commit(id, async (tx, append) => {
    const now = clock()
    const time = Date.parse(at)
    if (time <= now || time > now + maxAheadMs)
      throw new Rejected('request.invalid', { fields: [{ path: 'at', message: 'Invalid input: not ahead of now' }] })
    const book = await readBook(tx, await requirePizzeria(tx, id))
    const before = await tx.plan(id)
    // The answer to the first try was lost.
    if (before && before.at === time && sameValue(before.menu, menu)) return await viewPlan(tx, before, false)
    if (before) throw new Rejected('menu.planned', { at: new Date(before.at).toISOString() })
    if (ifVersion !== book.version) throw new Rejected('menu.stale', { menu: book })
    const base = documentOf(book)
    await requirePhotos(tx, id, base, menu)
    const plan: MenuPlan = { pizzeria: id, at: time, base, menu, by, trouble: null }
    await tx.insertPlan(plan)
    // Nothing of the menu is different yet, and the other managers hear that there is something to look at.
    await changeMenu(tx, append, { pizzeria: id, actor, now })
    return await viewPlan(tx, plan, false)
  })
}

/** Takes a plan back; `menu.not_planned` where there is none, or its time has come. */
export async function cancelPlan(
  { commit, clock }: Pick<Context, 'commit' | 'clock'>,
  { pizzeria, actor }: Pick<Publish, 'pizzeria' | 'actor'>,
) {
  await commit(pizzeria, async (tx, append) => {
    await requirePizzeria(tx, pizzeria)
    if (!(await tx.dropPlan(pizzeria))) throw new Rejected('menu.not_planned')
    await changeMenu(tx, append, { pizzeria, actor, now: clock() })
  })
}

/**
 * Publishes the menus whose time has come, together with what was published since they were planned. Where both changed
 * the same, or the two together make no menu, nothing is published and the plan waits for a manager.
 */
export async function publishPlanned({
  store,
  commit,
  clock,
  trusted,
}: Pick<Context, 'store' | 'commit' | 'clock' | 'trusted'>) {
  for (const id of await store.read((tx) => tx.duePlans(trusted.due()))) {
    const by = (await store.read((tx) => tx.plan(id)))?.by ?? null
    await signedBy(commit, by)(id, async (tx, append) => {
      const plan = await tx.plan(id)
      // Another node was faster, or somebody took it back.
      if (!plan || plan.trouble || plan.at > trusted.due()) return
      const pizzeria = await requirePizzeria(tx, id)
      const before = await readBook(tx, pizzeria)
      const { menu, conflicts } = mergeMenus(plan.base, plan.menu, documentOf(before))
      const trouble =
        conflicts.length > 0 ? 'menu.stale' : menuDocument.safeParse(menu).success ? null : 'request.invalid'
      if (trouble) {
        await tx.failPlan(id, trouble)
        return void (await changeMenu(tx, append, { pizzeria: id, actor: 'system', now: clock() }))
      }
      await tx.dropPlan(id)
      const { changes } = await replaceMenu(tx, append, { pizzeria, before, menu, actor: 'manager', now: clock() })
      // Somebody else has published all of it: the managers still hear that the plan is gone.
      if (isUnchanged(changes)) await changeMenu(tx, append, { pizzeria: id, actor: 'system', now: clock() })
    })
  }
}
