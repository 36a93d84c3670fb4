import type { Tx } from '../../../db/store.ts'
import type { Entry } from '../../../db/store/menu.ts'
import type { DocumentItem, DocumentTopping, MenuDocument } from '../../../shared/menu/document.ts'
import type { MenuItem, MenuTopping } from '../../../shared/menu/menu.ts'
import { compareMenus, isUnchanged, type MenuChanges } from '../../../shared/menu/menu-changes.ts'
import type { Pizzeria } from '../../../shared/menu/pizzeria.ts'
import { sameValue } from '../../../shared/same-value.ts'
import type { Actor } from '../../../shared/order/order.ts'
import { Rejected } from '../../../shared/order/rejections.ts'
import type { Append, Context } from '../../context.ts'
import { changeMenu, renewMenu } from '../change.ts'
import { requirePizzeria } from '../pizzeria.ts'
import { documentOf, readBook, type MenuBook } from './book.ts'
import { requirePhotos } from './photos.ts'

export interface Publish {
  pizzeria: string
  /** The version that was edited. */
  ifVersion: number
  menu: MenuDocument
  actor: Actor
}

/** More things than this, all different, are told as a whole: a snapshot, which is compressed, is then smaller. */
const maxListed = 40

/**
 * Puts a whole menu in place of the one that was edited: all of it, or nothing. What is no longer in it is archived;
 * what is sold out, and how many are left, stays as the counter set it. Throws `menu.stale` with the menu of now when
 * somebody else published since, unless that is the same menu: then it is done already, and nothing changes.
 */
export async function publishMenu(
  { commit, clock }: Pick<Context, 'commit' | 'clock'>,
  { pizzeria: id, ifVersion, menu, actor }: Publish,
): Promise<{ version: number; changes: MenuChanges }> {
  return await commit(id, async (tx, append) => {
    const pizzeria = await requirePizzeria(tx, id)
    const before = await readBook(tx, pizzeria)
    const changes = compareMenus(documentOf(before), menu)
    if (!isUnchanged(changes) && ifVersion !== before.version) throw new Rejected('menu.stale', { menu: before })
    return await replaceMenu(tx, append, { pizzeria, before, menu, actor, now: clock() })
  })
}

/** Puts a menu in place of the one of now, in a transaction that has read it. `now` in ms. */
export async function replaceMenu(
  tx: Tx,
  append: Append,
  {
    pizzeria,
    before,
    menu,
    actor,
    now,
  }: { pizzeria: Pizzeria; before: MenuBook; menu: MenuDocument; actor: Actor; now: number },
): Promise<{ version: number; changes: MenuChanges }> {
  const changes = compareMenus(documentOf(before), menu)
  if (isUnchanged(changes)) return { version: before.version, changes }
  const { id, settings } = pizzeria
  await requirePhotos(tx, id, before, menu)
  const version = before.version + 1
  const { categories, crusts } = menu
  await tx.updatePizzeria(id, { settings: { ...settings, categories, crusts, menuEdition: version } })
  await saveEntries(tx, id, menu)
  const event = { pizzeria: id, actor, now }
  const listed = listable(changes)
  await (listed ? changeMenu(tx, append, { ...event, ...listed }) : renewMenu(tx, append, event))
  return { version, changes }
}

/** The ids of what has changed, where pages of every build can apply it: the same dishes, in the same order. */
function listable({ entries, ordered }: MenuChanges) {
  const listed = entries.every(({ part, how }) => how === 'changed' && (part === 'items' || part === 'toppings'))
  if (!listed || ordered.length > 0 || entries.length > maxListed) return null
  const of = (part: string) => entries.filter((entry) => entry.part === part).map(({ id }) => id)
  return { items: of('items'), toppings: of('toppings') }
}

async function saveEntries(tx: Tx, pizzeria: string, menu: MenuDocument) {
  const book = await tx.menuBook(pizzeria)
  await tx.saveItems(pizzeria, different(book.items, menu.items, startItem))
  await tx.saveToppings(pizzeria, different(book.toppings, menu.toppings, startTopping))
}

/**
 * What must be written so that `wanted` is on the menu and nothing else: the new and the changed, and those that leave.
 * `start` gives a body its place in the evening.
 */
function different<Wanted extends { id: string }, T extends { id: string }>(
  book: Entry<T>[],
  wanted: Wanted[],
  start: (wanted: Wanted, before: Entry<T> | undefined) => T,
): Entry<T>[] {
  const known = new Map(book.map((entry) => [entry.body.id, entry]))
  const ids = new Set(wanted.map(({ id }) => id))
  return [
    ...wanted
      .map((one, sort) => ({ sort, archived: false, body: start(one, known.get(one.id)) }))
      .filter((entry) => !sameValue(known.get(entry.body.id), entry)),
    ...book
      .filter((entry) => !entry.archived && !ids.has(entry.body.id))
      .map((entry) => ({ ...entry, archived: true })),
  ]
}

const evening = ({ available = true, until = null }: { available?: boolean; until?: string | null }) => ({
  available,
  until,
})

function startItem(wanted: DocumentItem, before: Entry<MenuItem> | undefined): MenuItem {
  return { ...wanted, ...evening(before?.body ?? wanted), stock: stockOf(wanted, before?.body) }
}

const startTopping = (wanted: DocumentTopping, before: Entry<MenuTopping> | undefined): MenuTopping => ({
  ...wanted,
  ...evening(before?.body ?? wanted),
})

/** Portions left: as many more or fewer as are made a day from now on. */
function stockOf({ portions, stock }: DocumentItem, before: MenuItem | undefined): number | null {
  if (!before) return stock ?? portions
  const made = before.portions ?? null
  if (portions === made) return before.stock
  if (portions === null || made === null) return portions
  return Math.max(0, (before.stock ?? made) + portions - made)
}
