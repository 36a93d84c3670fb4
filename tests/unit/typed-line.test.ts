import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draftOf, lineOf } from '#shared/menu/draft'
import { lineInput, type Line } from '#shared/menu/line'
import type { Menu, MenuItem } from '#shared/menu/menu'
import { priceLine } from '#shared/menu/pricing'
import { readTyped, typedMenu } from '#shared/menu/typed-line'
import { languages } from '#shared/menu/words'
import { napoliMenu } from '../support/napoli.ts'

const menu = napoliMenu()
const known = typedMenu(menu)
const read = (text: string) => readTyped(known, text)
const lineOfText = (text: string): Partial<Line> => {
  const typed = read(text)
  if (typed.name !== 'line') throw new Error(`${text}: ${JSON.stringify(typed)}`)
  return typed.line
}
const choices = (text: string) => {
  const typed = read(text)
  return typed.name === 'choose' ? typed.choices.map((choice) => choice.text) : typed
}

describe('a typed line', () => {
  it('[CTR-2] "mar 2 l +oli -bas": the ingredient left out tells which pizza is meant', () => {
    expect(lineOfText('mar 2 l +oli -bas')).toMatchObject({
      item: 'margherita',
      size: 'large',
      quantity: 2,
      toppings: [{ topping: 'olives', half: 'whole', amount: 'normal' }],
      remove: ['basil'],
    })
  })

  it('[CTR-2] in each of the languages, with and without accents, in any case', () => {
    expect(lineOfText('REI g')).toMatchObject({ item: 'regina', size: 'large' })
    expect(lineOfText('prosciutto funghi piccola')).toMatchObject({ item: 'regina', size: 'small' })
    expect(lineOfText('regina moy')).toMatchObject({ item: 'regina', size: 'medium' })
  })

  it('[CTR-2] halves of toppings, extra of what is on it, a crust, a word to the kitchen', () => {
    expect(lineOfText('margherita +oli/l +mush/r ++oli/r whole "well done"')).toMatchObject({
      toppings: [
        { topping: 'olives', half: 'right', amount: 'extra' },
        { topping: 'mushrooms', half: 'right', amount: 'normal' },
      ],
      crust: 'wholegrain',
      note: 'well done',
    })
    expect(lineOfText('margherita +fior -bas/r')).toMatchObject({
      toppings: [
        { topping: 'mozzarella', half: 'whole', amount: 'extra' },
        { topping: 'basil', half: 'right', amount: 'none' },
      ],
    })
    expect(lineOfText('margherita +oli/l +oli/r').toppings).toEqual([
      { topping: 'olives', half: 'whole', amount: 'normal' },
    ])
  })

  it('[CTR-2] two pizzas on one base', () => {
    expect(lineOfText('margh/dia l 2')).toMatchObject({
      item: 'margherita',
      half: 'diavola',
      size: 'large',
      quantity: 2,
    })
  })

  it('[CTR-2] what is ambiguous is never guessed: the choices are shown, and each of them is plain', () => {
    expect(choices('mar 2 l')).toEqual(['margherita 2 l', 'marinara 2 l'])
    for (const text of choices('mar 2 l +oli') as string[]) expect(read(text).name).toBe('line')
  })

  it('[CTR-2] what is no word of the menu is named', () => {
    expect(read('margherita +zzz')).toEqual({ name: 'unknown', token: '+zzz' })
    expect(read('margherita -oli')).toEqual({ name: 'unknown', token: '-oli' })
    expect(read('margherita 2 3')).toEqual({ name: 'unknown', token: '3' })
    expect(read('margherita 0')).toEqual({ name: 'unknown', token: '0' })
    expect(read('  ')).toEqual({ name: 'empty' })
  })
})

/** Any line that the builder could make, as the counter would write it in full. */
const pizzas = menu.items.filter(({ kind }) => kind === 'pizza')
const written = ({ item, half, size, crust, quantity, toppings, remove, note }: Line) =>
  [
    half ? `${item}/${half}` : item,
    quantity === 1 ? '' : String(quantity),
    size ?? '',
    crust ?? '',
    ...toppings.map(({ topping, half, amount }) => {
      const sign = amount === 'extra' ? '++' : amount === 'none' ? '-' : '+'
      return `${sign}${topping}${half === 'whole' ? '' : `/${half[0]}`}`
    }),
    ...remove.map((topping) => `-${topping}`),
    note ? `"${note}"` : '',
  ]
    .filter(Boolean)
    .join(' ')
const anyWish = fc.record({
  topping: fc.constantFrom(...menu.toppings.map(({ id }) => id)),
  half: fc.constantFrom('left' as const, 'right' as const, 'whole' as const),
  amount: fc.constantFrom('none' as const, 'normal' as const, 'extra' as const),
})
const anyLine = fc
  .record({
    item: fc.constantFrom(...menu.items),
    other: fc.option(fc.constantFrom(...pizzas)),
    size: fc.nat(2),
    crust: fc.option(fc.constantFrom(...menu.crusts.map(({ id }) => id))),
    quantity: fc.integer({ min: 1, max: 999 }),
    wishes: fc.uniqueArray(anyWish, { maxLength: 5, selector: ({ topping }) => topping }),
    note: fc.constantFrom('', 'well done', 'in 8 +slices'),
  })
  .map(({ item, other, size, crust, quantity, wishes, note }) => {
    const isPizza = item.kind === 'pizza'
    const made: Line = {
      item: item.id,
      size: (item.sizes[size] ?? item.sizes[0]!).id,
      ...(isPizza && crust ? { crust } : {}),
      ...(isPizza && other && other.id !== item.id ? { half: other.id } : {}),
      quantity,
      toppings: isPizza ? wishes : [],
      remove: [],
      note,
    }
    return lineOf(menu, draftOf(item, made))
  })
/** What the writing cannot tell apart: a normal portion on one half of what the recipe has elsewhere. */
const isWritten = (line: Line) => {
  const made = read(written(line))
  return made.name === 'line' ? made.line : made
}
const byName = (line: Line) => ({
  ...line,
  toppings: [...line.toppings].sort((a, b) => a.topping.localeCompare(b.topping)),
  remove: [...line.remove].sort(),
})
const has = (id: string | undefined, topping: string) =>
  menu.items.find((item: MenuItem) => item.id === id)?.toppings.includes(topping) === true
/** A plus on what is on it means more of it, so a normal portion of it is not written with one. */
const isPlain = (line: Line) =>
  line.toppings.every(
    ({ topping, amount }) => amount !== 'normal' || !(has(line.item, topping) || has(line.half, topping)),
  )

describe('any typed line', () => {
  it('[CTR-2] every line that the builder can make can be typed, and is read as it was meant', () => {
    fc.assert(
      fc.property(anyLine.filter(isPlain), (line) => {
        expect(byName(isWritten(line) as Line)).toEqual(byName(line))
      }),
      { numRuns: 500 },
    )
  })

  const token = fc.oneof(
    fc.constantFrom(...menu.items.flatMap(({ name }) => Object.values(name).flatMap((text) => text.split(' ')))),
    fc.constantFrom('l', 'm', 's', '2', '3x', '/', '"', '++', '-', '+oli/l', '-moz', 'fil', 'mar/dia'),
    fc
      .constantFrom(...menu.toppings.map(({ id }) => id))
      .chain((id) =>
        fc.tuple(fc.constantFrom('+', '-', '++'), fc.constant(id.slice(0, 4))).map((parts) => parts.join('')),
      ),
    fc.string({ unit: 'grapheme' }),
  )
  const anyText = fc.array(token, { maxLength: 6 }).map((tokens) => tokens.join(' '))

  it('[CTR-2] whatever is typed, a line is one that the menu has, and following choices ends', () => {
    fc.assert(
      fc.property(anyText, fc.infiniteStream(fc.nat()), (text, picks) => {
        let typed = read(text)
        for (let step = 0; typed.name === 'choose'; step++) {
          expect(step).toBeLessThan(20)
          expect(typed.choices.length).toBeGreaterThan(1)
          const pick = picks.next().value as number
          typed = read(typed.choices[pick % typed.choices.length]!.text)
        }
        if (typed.name !== 'line') return
        expect(lineInput.safeParse(typed.line).success).toBe(true)
        const priced = priceLine(menu, typed.line)
        expect('code' in priced ? priced.code : 'priced').toMatch(/^(priced|menu\.sold_out)$/)
      }),
      { numRuns: 1000 },
    )
  })

  it('[CTR-2] the beginning of any word of a name finds it, or offers it', () => {
    const offered = (text: string): string[] => {
      const typed = read(text)
      if (typed.name === 'line') return [typed.line.item]
      return typed.name === 'choose' ? typed.choices.map((choice) => choice.text) : []
    }
    for (const item of menu.items)
      for (const language of languages) {
        const name = item.name[language]
        for (let length = 2; length <= name.length; length++) {
          const found = offered(name.slice(0, length))
          // A shorter name that it begins with may be meant; never something that does not begin so.
          if (found.includes(item.id)) continue
          expect(found.length, `${name.slice(0, length)} of ${item.id}`).toBeGreaterThan(0)
        }
      }
  })
})

it('[CTR-2] three hundred items in three languages are read within a few milliseconds', () => {
  const many: Menu = {
    ...menu,
    items: Array.from({ length: 300 }, (_, index) => ({ ...pizzas[index % pizzas.length]!, id: `pizza-${index}` })),
  }
  const large = typedMenu(many)
  readTyped(large, 'mar 2 l +oli -bas')
  const begin = performance.now()
  for (let run = 0; run < 10; run++) readTyped(large, 'mar 2 l +oli -bas')
  expect((performance.now() - begin) / 10).toBeLessThan(25)
})
