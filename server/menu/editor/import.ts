import type { Store } from '../../../db/store.ts'
import { menuDocument, menuParts, type MenuDocument, type MenuPart } from '../../../shared/menu/document.ts'
import type { ImportError, ImportFormat, ImportMode, ImportResult } from '../../../shared/menu/import.ts'
import { compareMenus } from '../../../shared/menu/menu-changes.ts'
import { minorDigits } from '../../../shared/order/amount.ts'
import { languages } from '../../../shared/menu/words.ts'
import { Rejected } from '../../../shared/order/rejections.ts'
import type { Context } from '../../context.ts'
import { requirePizzeria } from '../pizzeria.ts'
import { documentOf, readBook, type MenuBook } from './book.ts'
import { readCsv } from './csv-menu.ts'
import type { FileMenu } from './file-menu.ts'
import { withoutUnknownPhotos } from './photos.ts'
import { publishMenu, type Publish } from './publish.ts'
import { fault } from './read-csv.ts'
import { readJson } from './read-json.ts'

export interface MenuFile {
  text: string
  format: ImportFormat
  mode: ImportMode
}

/** More than this helps nobody. */
const maxErrors = 200

/** The menu that a file makes of the one of now; null where something is wrong with it. */
export function applyFile(book: MenuBook, file: MenuFile): { menu: MenuDocument | null; errors: ImportError[] } {
  const before = documentOf(book)
  const language = languages.find((one) => one === book.languages[0]) ?? 'en'
  const read =
    file.format === 'json'
      ? readJson(file.text)
      : readCsv(file.text, { before, digits: minorDigits(book.currency), language })
  if (read.errors.length > 0) return { menu: null, errors: distinct(read.errors) }
  if (menuParts.every((part) => !read.parts[part])) return { menu: null, errors: [fault(1, '', 'missing')] }
  const merged = merge(before, read.parts, file.mode)
  const checked = menuDocument.safeParse(merged)
  if (checked.success) return { menu: checked.data, errors: [] }
  const errors = checked.error.issues.map(({ path, message }) => {
    const [part, index, ...rest] = path as [MenuPart, number, ...(string | number)[]]
    const id = merged[part]?.[index]?.id ?? ''
    const line = id === '' ? null : read.lineOf(part, id, rest)
    return { ...fault(line, [part, id, ...rest].filter((step) => step !== '').join('.'), 'invalid'), message }
  })
  return { menu: null, errors: distinct(errors) }
}

function distinct(errors: ImportError[]): ImportError[] {
  const byText = new Map(errors.map((error) => [JSON.stringify(error), error]))
  return [...byText.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0)).slice(0, maxErrors)
}

function merge(before: MenuDocument, parts: FileMenu['parts'], mode: ImportMode): MenuDocument {
  const merged = Object.fromEntries(
    menuParts.map((part) => [
      part,
      mode === 'replace' ? (parts[part] ?? before[part]) : add(before[part], parts[part]),
    ]),
  ) as unknown as MenuDocument
  const used = new Set(merged.items.map(({ category }) => category))
  const has = new Set(merged.categories.map(({ id }) => id))
  // A file of dishes may put them into categories that it does not repeat.
  const missing = before.categories.filter(({ id }) => used.has(id) && !has.has(id))
  return { ...merged, categories: [...merged.categories, ...missing] }
}

/** What is known stays in its place; what is new follows. */
function add<T extends { id: string }>(before: readonly T[], file: readonly T[] = []): T[] {
  const byId = new Map(file.map((one) => [one.id, one]))
  const known = new Set(before.map(({ id }) => id))
  return [...before.map((one) => byId.get(one.id) ?? one), ...file.filter(({ id }) => !known.has(id))]
}

export interface Import extends MenuFile, Pick<Publish, 'pizzeria' | 'actor'> {
  /** Only says what would change. */
  preview: boolean
  /** The version that the file was made for; without it, the one of now. */
  ifVersion?: number
}

/**
 * Publishes what a file says, all of it or nothing: `menu.import_invalid` with the line of each error, `menu.stale`
 * where the menu is no longer of `ifVersion`.
 */
export async function importMenu(
  ground: Pick<Context, 'commit' | 'clock'> & { store: Pick<Store, 'read'> },
  { pizzeria, preview, ifVersion, actor, ...file }: Import,
): Promise<ImportResult> {
  const book = await ground.store.read(async (tx) => readBook(tx, await requirePizzeria(tx, pizzeria)))
  if (ifVersion !== undefined && ifVersion !== book.version) throw new Rejected('menu.stale', { menu: book })
  const { menu: read, errors } = applyFile(book, file)
  const menu = read && (await ground.store.read((tx) => withoutUnknownPhotos(tx, pizzeria, documentOf(book), read)))
  const { version } = book
  if (preview)
    return { changes: menu ? compareMenus(documentOf(book), menu) : { entries: [], ordered: [] }, errors, version }
  if (!menu) throw new Rejected('menu.import_invalid', { errors })
  return { ...(await publishMenu(ground, { pizzeria, ifVersion: version, menu, actor })), errors }
}
