import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyFile } from '../../server/menu/editor/import.ts'
import type { MenuBook } from '../../server/menu/editor/book.ts'
import { columns } from '../../server/menu/editor/columns.ts'
import { writeCsv } from '../../server/menu/editor/write-csv.ts'
import { menuDocument, type MenuDocument } from '../../shared/menu/document.ts'
import { compareMenus, isUnchanged } from '../../shared/menu/menu-changes.ts'
import { completeText } from '../../shared/menu/menu-text.ts'
import { readAmount, writeAmount } from '../../shared/order/amount.ts'
import { allergens, diets } from '../../shared/menu/words.ts'
import { priceLines } from '../../shared/menu/pricing.ts'
import { toTicket } from '../../shared/order/views.ts'
import { buildLine, buildMenu, buildOrder } from '../support/build.ts'
import { cleanText, slugOf } from '../../shared/text.ts'
import { sources } from '../support/sources.ts'
import { seed } from '../support/seed.ts'

const nothing: MenuDocument = { categories: [], items: [], toppings: [], crusts: [] }
const book = (menu: MenuDocument = nothing, over: Partial<MenuBook> = {}): MenuBook => ({
  ...menu,
  version: 3,
  currency: 'EUR',
  languages: ['it', 'en'],
  archived: { items: [], toppings: [] },
  ...over,
})
const read = (text: string, before: MenuBook = book(), mode: 'add' | 'replace' = 'add') =>
  applyFile(before, { text, format: text.trimStart().startsWith('{') ? 'json' : 'csv', mode })
const menuOf = (text: string, before?: MenuBook, mode?: 'add' | 'replace') => {
  const { menu, errors } = read(text, before, mode)
  expect(errors).toEqual([])
  return menu!
}
const faults = (text: string, before?: MenuBook) =>
  read(text, before).errors.map(({ line, field, code }) => `${line} ${field} ${code}`.trim())

const ids = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,6}$/)
const words = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('a;b', '"x", y', 'due\nrighe', '=1+1', 'È, "é"'),
  )
  .map((text) => cleanText(text).slice(0, 40).trim())
  .map(cleanText)
const prose = fc.record({ fr: words, en: words, it: words })
const label = prose.map((text) => ({ ...text, en: text.en || 'x' }))
const price = fc.integer({ min: 0, max: 1_000_000 })
const some = <T>(all: readonly T[]) => fc.subarray([...all])
const byId = <T extends { id: string }>(one: fc.Arbitrary<T>, max = 6) =>
  fc.uniqueArray(one, { selector: ({ id }) => id, maxLength: max })
const menus: fc.Arbitrary<MenuDocument> = fc
  .record({
    categories: byId(fc.record({ id: ids, name: label })).filter((all) => all.length > 0),
    toppings: byId(
      fc.record({
        id: ids,
        name: label,
        group: fc.constantFrom('cheese' as const, 'herb' as const, 'extra' as const),
        prices: fc.dictionary(ids, price, { maxKeys: 3 }),
        allergens: some(allergens),
        diets: some(diets),
      }),
    ),
    crusts: byId(
      fc.record({
        id: ids,
        name: label,
        available: fc.boolean(),
        prices: fc.dictionary(ids, price, { maxKeys: 3 }),
        allergens: some(allergens),
      }),
    ),
  })
  .chain((rest) =>
    byId(
      fc.record({
        id: ids,
        kind: fc.constantFrom('pizza' as const, 'side' as const, 'drink' as const, 'dessert' as const),
        name: label,
        description: prose,
        category: fc.constantFrom(...rest.categories.map(({ id }) => id)),
        sizes: byId(fc.record({ id: ids, name: label, price, available: fc.boolean() }), 3).filter(
          (all) => all.length > 0,
        ),
        toppings: some(rest.toppings.map(({ id }) => id)),
        allergens: some(allergens),
        diets: some(diets),
        picture: fc.constantFrom(null, { sauce: 'tomato' as const }, { sauce: 'none' as const }),
        portions: fc.option(fc.integer({ min: 1, max: 9_999 })),
        vat: fc.constantFrom(null, '10 %', 'A'),
      }),
    ).map((items) => ({ ...rest, items })),
  )

describe(`a menu as a file (COMANDA_SEED=${seed})`, () => {
  it('[MNU-7] is read back as it was written, with every separator, whatever the file is imported into', () => {
    fc.assert(
      fc.property(
        menus,
        fc.constantFrom(',' as const, ';' as const),
        fc.constantFrom(0, 2, 3),
        (menu, separator, digits) => {
          expect(menuDocument.parse(menu)).toEqual(menu)
          const currency = { 0: 'JPY', 2: 'EUR', 3: 'KWD' }[digits]!
          const csv = writeCsv(menu, { digits, separator })
          const parts = [csv, csv.replaceAll('\r\n', '\n'), csv.slice(1), JSON.stringify(menu)]
          for (const text of parts)
            for (const [before, mode] of [
              [nothing, 'add'],
              [menu, 'add'],
              [menu, 'replace'],
            ] as const)
              expect(menuOf(text, book(before, { currency }), mode)).toEqual(menu)
          expect(isUnchanged(compareMenus(menu, menuOf(csv, book(menu, { currency }))))).toBe(true)
        },
      ),
      { seed, numRuns: 60 },
    )
  })

  it('[MNU-6] three pizzas with a name and a price are a menu', () => {
    for (const text of [
      'name;price\nMargherita;9,50\nMarinara;8\nDiavola;€ 11,00\n',
      '\uFEFFName,Price\r\nMargherita,9.50\r\nMarinara,8\r\nDiavola,11.00 EUR',
      'name\tprice\nMargherita\t"9,50"\n\n\nMarinara\t8,0\nDiavola\t11\n',
    ]) {
      const menu = menuOf(text)
      expect(menu.items.map(({ id, name, category, sizes }) => [id, name.it, category, sizes[0]!.price])).toEqual([
        ['margherita', 'Margherita', 'pizzas', 950],
        ['marinara', 'Marinara', 'pizzas', 800],
        ['diavola', 'Diavola', 'pizzas', 1100],
      ])
      expect(menu.categories).toEqual([{ id: 'pizzas', name: { en: 'Pizzas', fr: 'Pizzas', it: 'Pizze' } }])
    }
  })

  it('[MNU-6] every example of docs/menu.md is a menu', () => {
    const examples = [...sources(['docs/menu.md'])[0]!.text.matchAll(/```csv example\n([\s\S]*?)```/g)]
    expect(examples).toHaveLength(2)
    for (const [, text] of examples) expect(menuOf(text!).items.length).toBeGreaterThan(1)
    const { items, toppings, categories } = menuOf(examples[1]![1]!)
    expect(toppings[0]!.prices).toEqual({ small: 50, large: 50 })
    expect(items[0]).toMatchObject({ toppings: ['mozzarella'], sizes: [{ id: 'small' }, { id: 'large', price: 1100 }] })
    expect(items[1]).toMatchObject({ portions: 12, category: 'desserts' })
    expect(categories.map(({ id }) => id)).toEqual(['pizzas', 'desserts'])
  })

  it('[MNU-6] docs/menu.md names every column', () => {
    const { text } = sources(['docs/menu.md'])[0]!
    const missing = columns
      .map((name) => name.replace(/_(?:fr|it)$/, '_en'))
      .filter((name) => !text.includes(`\`${name}`))
    expect(missing).toEqual([])
  })

  const pizzas = menuOf(
    'id,name,size,price,description\nmargherita,Margherita,small,8,Buona\nmargherita,,large,12,\nbianca,Bianca,,7,',
  )

  it('[MNU-6] what has no column stays; what the file does not name stays, or leaves in replace', () => {
    const prices = 'id;size;price\nmargherita;small;9\nmargherita;large;13'
    const [added, replaced] = [menuOf(prices, book(pizzas)), menuOf(prices, book(pizzas), 'replace')]
    expect(compareMenus(pizzas, added)).toEqual({
      entries: [
        {
          part: 'items',
          id: 'margherita',
          name: pizzas.items[0]!.name,
          how: 'changed',
          fields: [],
          prices: [
            { size: 'small', before: 800, after: 900 },
            { size: 'large', before: 1200, after: 1300 },
          ],
        },
      ],
      ordered: [],
    })
    expect(replaced.items.map(({ id }) => id)).toEqual(['margherita'])
    expect(replaced.categories).toEqual(pizzas.categories)
    expect(compareMenus(pizzas, replaced).entries).toContainEqual(
      expect.objectContaining({ id: 'bianca', how: 'archived' }),
    )
  })

  it.each([
    ['a price in words', 'name;price\nA;1\nB;cheap', ['3 price price']],
    ['a price that may be two', 'name;price\nA;1,234', ['2 price price']],
    ['no price and no name', 'name;price\nA;\n;3', ['2 price missing', '3 name missing']],
    ['an unknown column', 'name;price;colour\nA;1;red', ['1 colour column_unknown']],
    ['a column twice', 'name;price;price\nA;1;2', ['1 price twice']],
    ['too many cells', 'name,price\nA,9,50', ['2 cells']],
    ['an unknown kind and type', 'type;kind;name;price\n;soup;A;1\nsoup;;B;2', ['2 kind word', '3 type word']],
    ['an unknown allergen', 'name;price;allergens\nA;1;milk|dust', ['2 allergens word']],
    ['an unknown topping', 'name;price;toppings\nA;1;dust', ['2 toppings unknown']],
    ['two names for one dish', 'id;name;size;price\na;A;small;1\na;B;large;2', ['3 name differs']],
    ['a size twice', 'id;name;size;price\na;A;small;1\na;A;small;2', ['3 size twice']],
    ['portions of none', 'name;price;portions\nA;1;0', ['2 portions number']],
    ['an open quotation mark', 'name;price\nA;1\n"B;2\nC;3\n', ['3 unreadable']],
    ['an id that is none', 'id;name;price\na b;A;1', ['2 items.a b.id invalid']],
    ['a line after a cell of two lines', 'name;price;description\nA;1;"one\ntwo"\nB;x;', ['4 price price']],
    ['an empty file', '', ['1 missing']],
    ['JSON that ends early', '{\n  "items": [\n', ['3 unreadable']],
    [
      'JSON with a wrong price',
      '{\n "categories": [],\n "items": [\n  {"id":"a",\n   "sizes": 3}]}',
      ['5 items.0.sizes invalid'],
    ],
    ['JSON with an unknown part', '{\n "soups": []}', ['1 invalid']],
    [
      'JSON with an unknown category',
      '{"items":[\n{"id":"a","kind":"pizza","name":{"en":"A"},"category":"no",\n' +
        '"sizes":[{"id":"s","name":{"en":"S"},"price":1}]}]}',
      ['2 items.a.category invalid'],
    ],
  ])('[MNU-6] refuses %s and says where', (_, text, expected) => {
    const found = faults(text)
    for (const one of expected) expect(found.map((fault) => fault.replace(/ {2,}/g, ' '))).toContain(one)
    expect(read(text).menu).toBe(null)
  })

  it('[MNU-6] three hundred dishes in three languages are read in well under a second', () => {
    const lines = Array.from({ length: 300 }, (_, index) =>
      ['small', 'medium', 'large'].map(
        (size, nth) => `dish-${index};Dish ${index};Plat ${index};Piatto ${index};${size};${8 + nth},50;milk|gluten`,
      ),
    )
    const text = ['id;name_en;name_fr;name_it;size;price;allergens', ...lines.flat()].join('\n')
    const start = performance.now()
    expect(menuOf(text).items).toHaveLength(300)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})

describe('prices as people write them', () => {
  it('[MNU-6] are read with a point, a comma or a sign, and never guessed', () => {
    const read = (written: string, digits = 2) => readAmount(written, digits)
    for (const written of ['9.50', '9,50', '9,5', '€9.50', '9,50 €', ' 9.5 EUR']) expect(read(written)).toBe(950)
    expect(['9', '0', '1.234,50', '1,234.50', "1'234.50"].map((written) => read(written))).toEqual([
      900, 0, 123450, 123450, 123450,
    ])
    for (const written of ['', '-1', '1,234', '1.2.3', '9.505', '9.', 'nine', '9O', '1 2 3.4.5', 'NaN', '1e3'])
      expect([written, read(written)]).toEqual([written, null])
    expect([read('1,200', 0), read('1200', 0), read('12.5', 0), read('1.250', 3)]).toEqual([1200, 1200, null, 1250])
  })

  it('[MNU-7] are read as they were written, in every currency', () => {
    fc.assert(
      fc.property(price, fc.constantFrom(0, 2, 3), fc.constantFrom('.', ','), (minor, digits, sign) => {
        expect(readAmount(writeAmount(minor, digits, sign), digits)).toBe(minor)
      }),
      { seed },
    )
  })
})

describe('what a menu refuses', () => {
  const size = { id: 's', name: { en: 'S' }, price: 100 }
  const item = { id: 'a', kind: 'pizza', name: { en: 'A' }, category: 'c', sizes: [size] }
  const menu = { categories: [{ id: 'c', name: { it: 'C' } }], items: [item], toppings: [], crusts: [] }
  const paths = (over: object) =>
    menuDocument.safeParse({ ...menu, ...over }).error?.issues.map(({ path }) => path.join('.')) ?? []

  it('[MNU-2] fills in what may be left out', () => {
    expect(menuDocument.parse(menu).items[0]).toMatchObject({
      name: { en: 'A', fr: '', it: '' },
      toppings: [],
      portions: null,
      sizes: [{ available: true }],
    })
  })

  it.each([
    ['a dish without a name', { items: [{ ...item, name: { en: ' ' } }] }, 'items.0.name'],
    ['a dish without a size', { items: [{ ...item, sizes: [] }] }, 'items.0.sizes'],
    ['half a cent', { items: [{ ...item, sizes: [{ ...size, price: 0.5 }] }] }, 'items.0.sizes.0.price'],
    ['a category that is not there', { items: [{ ...item, category: 'no' }] }, 'items.0.category'],
    ['a topping that is not there', { items: [{ ...item, toppings: ['no'] }] }, 'items.0.toppings.0'],
    ['an id twice', { items: [item, item] }, 'items.1.id'],
    ['a size twice', { items: [{ ...item, sizes: [size, size] }] }, 'items.0.sizes.1.id'],
    ['a misspelt field', { items: [{ ...item, alergens: [] }] }, 'items.0'],
    ['an unknown language', { categories: [{ id: 'c', name: { en: 'C', de: 'C' } }] }, 'categories.0.name'],
  ])('[MNU-2] %s', (_, over, path) => {
    expect(paths(over)).toContain(path)
  })
})

it('[MNU-9] a line keeps the VAT class of its dish, which the kitchen does not see', () => {
  const menu = buildMenu()
  const items = menu.items.map((item) => (item.id === 'margherita' ? { ...item, vat: '10 %' } : item))
  const priced = priceLines({ ...menu, items }, [buildLine(), buildLine({ item: 'marinara' })])
  if (!priced.ok) throw new Error(priced.rejection.code)
  expect(priced.lines.map((line) => line.vat)).toEqual(['10 %', undefined])
  expect(JSON.stringify(toTicket(buildOrder({ lines: priced.lines })))).not.toContain('10 %')
})

describe('texts', () => {
  it('[MNU-5] are complete in every language, with English first', () => {
    expect(completeText({ en: 'Ham', fr: '', it: 'Cotto' })).toEqual({ en: 'Ham', fr: 'Ham', it: 'Cotto' })
    expect(completeText({ en: '', fr: '', it: 'Cotto' })).toEqual({ en: 'Cotto', fr: 'Cotto', it: 'Cotto' })
  })

  it('[MNU-6] make ids without accents', () => {
    expect(['Tiramisù', ' 4 Formaggi! ', '—', 'Crème brûlée'].map(slugOf)).toEqual([
      'tiramisu',
      '4-formaggi',
      '',
      'creme-brulee',
    ])
  })
})
