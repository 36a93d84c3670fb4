import type { DocumentItem, MenuDocument } from '../../../shared/menu/document.ts'
import { idOf } from '../../../shared/menu/menu-text.ts'
import { slugOf } from '../../../shared/text.ts'
import type { Language, Text } from '../../../shared/menu/menu.ts'
import { readAmount } from '../../../shared/order/amount.ts'
import { allergens, diets, languages } from '../../../shared/menu/words.ts'
import { answers, categoryWords, inAll, sizeWords, type RowType } from './columns.ts'
import type { FileMenu } from './file-menu.ts'
import { fault, readRows, type Row } from './read-csv.ts'
import type { ImportError, ImportFault } from '../../../shared/menu/import.ts'

export interface CsvGround {
  /** The menu that the file changes: what it has no column for stays as it is. */
  before: MenuDocument
  /** Minor digits of the currency. */
  digits: number
  /** Of the columns `name`, `description` and `size_name`. */
  language: Language
}

/** All lines of one thing. */
interface Group {
  id: string
  rows: [Row, ...Row[]]
}

const kinds = ['pizza', 'side', 'drink', 'dessert'] as const
const groups = ['cheese', 'meat', 'fish', 'vegetable', 'herb', 'extra'] as const
const sauces = ['tomato', 'cream', 'pesto', 'none'] as const

/** A CSV file as parts of a menu (docs/menu.md has the columns). */
export function readCsv(text: string, ground: CsvGround): FileMenu {
  const { rows, errors } = readRows(text)
  return new Reading(ground, rows, errors).menu()
}

/** One reading of one file: it collects what is wrong while it goes. */
class Reading {
  private readonly ground: CsvGround
  private readonly errors: ImportError[]
  private readonly found: Record<RowType, Group[]>
  /** Categories that items name and nothing has. */
  private readonly made: MenuDocument['categories'] = []

  constructor(ground: CsvGround, rows: Row[], errors: ImportError[]) {
    this.ground = ground
    this.errors = errors
    const of = (type: RowType, known: readonly Named[]) =>
      this.group(
        rows.filter((row) => row.type === type),
        known,
      )
    const { before } = ground
    this.found = {
      category: of('category', before.categories),
      item: of('item', before.items),
      topping: of('topping', before.toppings),
      crust: of('crust', before.crusts),
    }
  }

  menu(): FileMenu {
    const { category, item, topping, crust } = this.found
    const { before } = this.ground
    const categories = category.map((group) => this.named(group, before.categories))
    const names = item.length > 0 ? topping.map((group) => this.named(group, before.toppings)) : []
    const items = item.map((group) => this.item(group, [...categories, ...before.categories], names))
    const pizzas = items.length > 0 ? [...items, ...before.items] : before.items
    const sizes = [...new Set(pizzas.flatMap((one) => (one.kind === 'pizza' ? one.sizes.map(({ id }) => id) : [])))]
    return {
      parts: {
        ...((category.length > 0 || this.made.length > 0) && { categories: [...categories, ...this.made] }),
        ...(items.length > 0 && { items }),
        ...(topping.length > 0 && { toppings: topping.map((group) => this.topping(group, sizes)) }),
        ...(crust.length > 0 && { crusts: crust.map((group) => this.crust(group, sizes)) }),
      },
      errors: this.errors,
      lineOf: (part, id) => {
        const types = { categories: 'category', items: 'item', toppings: 'topping', crusts: 'crust' } as const
        return this.found[types[part]].find((group) => group.id === id)?.rows[0].line ?? null
      },
    }
  }

  /** The lines by what they are about: the id, or else the name, which may be that of something known. */
  private group(rows: Row[], known: readonly Named[]): Group[] {
    const all = new Map<string, Group>()
    for (const row of rows) {
      const name = ['name', ...languages.map((language) => `name_${language}`)].map(row.cell).find(Boolean) ?? ''
      const id = row.cell('id')?.toLowerCase() || find(known, name)?.id || slugOf(name)
      if (id === '') this.say(row, row.cell('id') === null ? 'name' : 'id', 'missing')
      else if (!all.has(id)) all.set(id, { id, rows: [row] })
      else all.get(id)!.rows.push(row)
    }
    return [...all.values()]
  }

  private say(row: Row, column: string, code: ImportFault, value = row.cell(column) ?? '') {
    this.errors.push(fault(row.line, column, code, value))
  }

  /** What the lines of a thing say together in a column: one of them, or several the same. Null: no such column. */
  private shared({ rows }: Group, column: string): { row: Row; value: string } | null {
    const [first] = rows
    if (first.cell(column) === null) return null
    const said = rows.filter((row) => row.cell(column) !== '')
    const other = said.find((row) => row.cell(column) !== said[0]!.cell(column))
    if (other) this.say(other, column, 'differs')
    return { row: said[0] ?? first, value: said[0]?.cell(column) ?? '' }
  }

  private words(group: Group, name: string, before?: Text): Text {
    const { language } = this.ground
    const text = { ...(before ?? inAll('')) }
    const short = this.shared(group, name)
    if (short) text[language] = short.value
    for (const one of languages) {
      const found = this.shared(group, `${name}_${one}`)
      if (found && !(short && one === language && found.value === '')) text[one] = found.value
    }
    return text
  }

  private named(group: Group, known: readonly Named[]) {
    const name = this.words(group, 'name', known.find(({ id }) => id === group.id)?.name)
    if (languages.every((language) => !name[language])) this.say(group.rows[0], 'name', 'missing')
    return { id: group.id, name }
  }

  private word<T extends string>(group: Group, column: string, allowed: readonly T[], fallback: T): T {
    const found = this.shared(group, column)
    if (!found || found.value === '') return fallback
    const word = allowed.find((one) => one === found.value.toLowerCase())
    if (!word) this.say(found.row, column, 'word')
    return word ?? fallback
  }

  private list<T extends string>(group: Group, column: string, allowed: readonly T[], fallback: readonly T[]): T[] {
    const found = this.shared(group, column)
    if (!found) return [...fallback]
    return split(found.value).flatMap((written) => {
      const word = allowed.find((one) => one === written.toLowerCase())
      if (!word) this.say(found.row, column, 'word', written)
      return word ?? []
    })
  }

  private item(group: Group, categories: readonly Named[], toppings: readonly Named[]): DocumentItem {
    const before = this.ground.before.items.find(({ id }) => id === group.id)
    const kind = this.word(group, 'kind', kinds, before?.kind ?? 'pizza')
    const sauce = this.word(group, 'sauce', [...sauces, ''] as const, '')
    const hasSauce = group.rows[0].cell('sauce') !== null
    const plain = before ? before.picture : kind === 'pizza' ? { sauce: 'tomato' as const } : null
    return {
      ...this.named(group, this.ground.before.items),
      kind,
      description: this.words(group, 'description', before?.description),
      category: this.category(group, kind, categories, before?.category),
      sizes: this.sizes(group, before),
      toppings: this.toppings(group, [...toppings, ...this.ground.before.toppings], before?.toppings ?? []),
      allergens: this.list(group, 'allergens', allergens, before?.allergens ?? []),
      diets: this.list(group, 'diets', diets, before?.diets ?? []),
      picture: hasSauce ? (sauce === '' ? null : { sauce }) : plain,
      ...(before?.photo && { photo: before.photo }),
      portions: this.portions(group, before?.portions ?? null),
      vat: this.vat(group, before?.vat ?? null),
    }
  }

  private category(group: Group, kind: DocumentItem['kind'], known: readonly Named[], before?: string): string {
    const written = this.shared(group, 'category')?.value ?? ''
    if (written === '' && before) return before
    const wanted = written === '' ? categoryWords[kind] : { id: idOf(written), name: inAll(written) }
    const all = [...known, ...this.made]
    const found = all.find(({ id }) => id === written) ?? find(all, written) ?? all.find(({ id }) => id === wanted.id)
    if (found) return found.id
    if (wanted.id === '') this.say(group.rows[0], 'category', 'word')
    else this.made.push(wanted)
    return wanted.id
  }

  private toppings(group: Group, known: readonly Named[], before: string[]): string[] {
    const found = this.shared(group, 'toppings')
    if (!found) return before
    return split(found.value).flatMap((written) => {
      const topping = known.find(({ id }) => id === written.toLowerCase()) ?? find(known, written)
      if (!topping) this.say(found.row, 'toppings', 'unknown', written)
      return topping?.id ?? []
    })
  }

  private vat(group: Group, before: string | null): string | null {
    const found = this.shared(group, 'vat')
    return found ? found.value || null : before
  }

  private portions(group: Group, before: number | null): number | null {
    const found = this.shared(group, 'portions')
    if (!found) return before
    if (found.value === '') return null
    if (/^[1-9]\d{0,3}$/.test(found.value)) return Number(found.value)
    this.say(found.row, 'portions', 'number')
    return null
  }

  private sizes(group: Group, before: DocumentItem | undefined): DocumentItem['sizes'] {
    const sizes = group.rows.flatMap((row) => {
      const written = row.cell('size') ?? ''
      const only = before?.sizes.length === 1 ? before.sizes[0] : undefined
      const known =
        written === '' ? only : (before?.sizes.find(({ id }) => id === written) ?? find(before?.sizes, written))
      const id = known?.id ?? (written === '' ? 'regular' : idOf(written))
      const price = row.cell('price') === null && known ? known.price : this.price(row)
      if (id === '') this.say(row, 'size', 'word')
      if (price === null || id === '') return []
      return [{ id, name: this.sizeName(row, id, written, known?.name), price, available: this.available(row, known) }]
    })
    sizes.forEach(({ id }, index) => {
      if (sizes.findIndex((one) => one.id === id) < index) this.say(group.rows[index] ?? group.rows[0], 'size', 'twice')
    })
    return sizes
  }

  private sizeName(row: Row, id: string, written: string, before?: Text): Text {
    const name = this.words({ id, rows: [row] }, 'size_name', before)
    if (languages.some((language) => name[language])) return name
    const namesake = this.ground.before.items.flatMap((item) => item.sizes).find((size) => size.id === id)
    return namesake?.name ?? sizeWords[id] ?? inAll(written)
  }

  private price(row: Row): number | null {
    const written = row.cell('price') ?? ''
    if (written === '') {
      this.say(row, 'price', 'missing')
      return null
    }
    const price = readAmount(written, this.ground.digits)
    if (price === null) this.say(row, 'price', 'price')
    return price
  }

  private available(row: Row, before?: { available: boolean }): boolean {
    const written = row.cell('available')
    if (written === null) return before?.available ?? true
    const answer = answers[written.toLowerCase()]
    if (answer === undefined) this.say(row, 'available', 'word')
    return answer ?? true
  }

  /** Prices by size; a line without a size is about all sizes of pizzas. */
  private prices({ rows }: Group, sizes: string[], before: Record<string, number> | undefined): Record<string, number> {
    if (rows[0].cell('price') === null) return before ?? {}
    return Object.fromEntries(
      rows.flatMap((row) => {
        if (row.cell('price') === '') return []
        const price = this.price(row)
        const size = idOf(row.cell('size') ?? '')
        return price === null ? [] : (size === '' ? sizes : [size]).map((id) => [id, price])
      }),
    ) as Record<string, number>
  }

  private topping(group: Group, sizes: string[]): MenuDocument['toppings'][number] {
    const before = this.ground.before.toppings.find(({ id }) => id === group.id)
    return {
      ...this.named(group, this.ground.before.toppings),
      group: this.word(group, 'kind', groups, before?.group ?? 'extra'),
      prices: this.prices(group, sizes, before?.prices),
      allergens: this.list(group, 'allergens', allergens, before?.allergens ?? []),
      diets: this.list(group, 'diets', diets, before?.diets ?? []),
    }
  }

  private crust(group: Group, sizes: string[]): MenuDocument['crusts'][number] {
    const before = this.ground.before.crusts.find(({ id }) => id === group.id)
    const said = group.rows.find((row) => row.cell('available')) ?? group.rows[0]
    return {
      ...this.named(group, this.ground.before.crusts),
      available: this.available(said, before),
      prices: this.prices(group, sizes, before?.prices),
      allergens: this.list(group, 'allergens', allergens, before?.allergens ?? []),
    }
  }
}

interface Named {
  id: string
  name: Text
}

const plain = (written: string) => written.normalize('NFC').trim().toLowerCase()
const find = <T extends Named>(all: readonly T[] | undefined, written: string): T | undefined =>
  written === ''
    ? undefined
    : all?.find(({ name }) => languages.some((language) => plain(name[language]) === plain(written)))

/** Several words in a cell: `basil|olives`, or with commas. */
const split = (cell: string) =>
  cell
    .split(cell.includes('|') ? '|' : /[,;]/)
    .map((word) => word.trim())
    .filter(Boolean)
