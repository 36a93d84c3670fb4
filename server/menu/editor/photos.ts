import type { Tx } from '../../../db/store.ts'
import type { MenuDocument } from '../../../shared/menu/document.ts'
import { Rejected } from '../../../shared/order/rejections.ts'

const photosOf = ({ items }: MenuDocument) => new Set(items.flatMap(({ photo }) => photo ?? []))

/** The photos that a menu names and the pizzeria does not have; those of `before` are there. */
async function unknownPhotos(tx: Tx, pizzeria: string, before: MenuDocument, menu: MenuDocument): Promise<Set<string>> {
  const old = photosOf(before)
  const fresh = [...photosOf(menu)].filter((id) => !old.has(id))
  const known = new Set(await tx.photosAmong(pizzeria, fresh))
  return new Set(fresh.filter((id) => !known.has(id)))
}

/** Refuses a menu with a photo that was never uploaded here: `photo.unknown`. */
export async function requirePhotos(tx: Tx, pizzeria: string, before: MenuDocument, menu: MenuDocument) {
  const [photo] = await unknownPhotos(tx, pizzeria, before, menu)
  if (photo) throw new Rejected('photo.unknown', { photo })
}

/** A menu without the photos that another installation has: a file names them, and does not bring them along. */
export async function withoutUnknownPhotos(
  tx: Tx,
  pizzeria: string,
  before: MenuDocument,
  menu: MenuDocument,
): Promise<MenuDocument> {
  const unknown = await unknownPhotos(tx, pizzeria, before, menu)
  if (unknown.size === 0) return menu
  const items = menu.items.map((item) => (item.photo && unknown.has(item.photo) ? { ...item, photo: null } : item))
  return { ...menu, items }
}
