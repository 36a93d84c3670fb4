import { describe, expect, it } from 'vitest'
import { draftOf, includedSide, lineOf, newDraft, secondHalves } from '#shared/menu/draft'
import { priceLine } from '#shared/menu/pricing'
import { workedSum } from '#shared/menu/sum'
import { lineInput } from '#shared/menu/line'
import { itemOf, napoliMenu } from '../support/napoli'

const menu = napoliMenu()
const start = () => newDraft(itemOf(menu, 'margherita'))

describe('a pizza being built', () => {
  it('starts in the middle size, and in one that is available', () => {
    expect(start().size).toBe('medium')
    const item = structuredClone(itemOf(menu, 'margherita'))
    item.sizes.find((size) => size.id === 'medium')!.available = false
    expect(newDraft(item).size).not.toBe('medium')
  })

  it('turns "none of it" into a removal, and "none on the left" into a choice for that half', () => {
    expect(lineOf(menu, { ...start(), wishes: { basil: { half: 'whole', amount: 'none' } } })).toMatchObject({
      remove: ['basil'],
      toppings: [],
    })
    expect(lineOf(menu, { ...start(), wishes: { basil: { half: 'left', amount: 'none' } } })).toMatchObject({
      remove: [],
      toppings: [{ topping: 'basil', half: 'left', amount: 'none' }],
    })
  })

  it('drops a removal that the recipe no longer has after another second half', () => {
    const wishes = { 'spicy-salami': { half: 'whole', amount: 'none' } } as const
    expect(lineOf(menu, { ...start(), other: 'diavola', wishes }).remove).toEqual(['spicy-salami'])
    expect(lineOf(menu, { ...start(), other: null, wishes }).remove).toEqual([])
  })

  it('knows on which half the recipe has a topping', () => {
    const both = { ...start(), other: 'diavola' }
    expect(includedSide(menu, both, 'basil')).toBe('left')
    expect(includedSide(menu, both, 'spicy-salami')).toBe('right')
    expect(includedSide(menu, both, 'mozzarella')).toBe('whole')
    expect(includedSide(menu, both, 'truffle')).toBeNull()
  })

  it('offers neither itself nor a sold-out pizza as the second half', () => {
    const short = napoliMenu()
    itemOf(short, 'diavola').available = false
    const offered = secondHalves(short, start()).map((item) => item.id)
    expect(offered).not.toContain('margherita')
    expect(offered).not.toContain('diavola')
    expect(offered).toContain('regina')
  })

  it('can be opened again as it was', () => {
    const line = lineInput.parse({
      item: 'margherita',
      size: 'large',
      crust: 'wholegrain',
      half: 'diavola',
      quantity: 3,
      remove: ['basil'],
      note: 'well done',
      toppings: [{ topping: 'olives', half: 'right', amount: 'extra' }],
    })
    expect(lineOf(menu, draftOf(itemOf(menu, 'margherita'), line))).toEqual(line)
  })
})

describe('the worked sum', () => {
  it.each(['full', 'half', 'dearer'] as const)(
    'adds up to the price of one piece when halves are charged %s',
    (halfTopping) => {
      const now = { ...menu, policies: { ...menu.policies, halfTopping } }
      const priced = priceLine(
        now,
        lineInput.parse({
          item: 'margherita',
          size: 'medium',
          crust: 'filled',
          half: 'diavola',
          quantity: 2,
          toppings: [
            { topping: 'olives', half: 'left' },
            { topping: 'truffle', half: 'right', amount: 'extra' },
            { topping: 'egg' },
          ],
        }),
      )
      if ('code' in priced) throw new Error(priced.code)
      const rows = workedSum(now, priced)
      expect(rows.reduce((sum, row) => sum + row.charged, 0)).toBe(priced.unitPrice)
      expect(rows[0]).toMatchObject({
        kind: 'base',
        charged: itemOf(menu, 'diavola').sizes.find((size) => size.id === 'medium')!.price,
      })
    },
  )
})
