import { describe, expect, it } from 'vitest'
import type { BasketLine } from '#shared/menu/basket'
import { addLine, priceBasket } from '#shared/menu/basket'
import { lineInput } from '#shared/menu/line'
import type { LineInput } from '#shared/menu/line'
import { napoliMenu } from '../support/napoli'

const line = (wish: LineInput, seen = 950, id = wish.item): BasketLine => ({ id, seen, line: lineInput.parse(wish) })
const margherita = (quantity = 1) => line({ item: 'margherita', size: 'medium', quantity })

describe('a basket', () => {
  it('is priced from the current menu', () => {
    const basket = priceBasket(napoliMenu(), [margherita(2)])
    expect(basket).toMatchObject({ total: 1900, pieces: 2, problem: null })
    expect(basket.entries[0]).toMatchObject({ state: 'priced', before: null })
  })

  it('shows the previous price of a piece when its price has changed', () => {
    const menu = napoliMenu()
    menu.items.find((item) => item.id === 'margherita')!.sizes.find((size) => size.id === 'medium')!.price = 1000
    expect(priceBasket(menu, [margherita()]).entries[0]).toMatchObject({ state: 'priced', before: 950 })
  })

  it('marks only the line that is sold out, and then cannot be ordered as it is', () => {
    const menu = napoliMenu()
    menu.toppings.find((topping) => topping.id === 'basil')!.available = false
    const basket = priceBasket(menu, [margherita(), line({ item: 'regina', size: 'medium', quantity: 1 }, 0)])
    expect(basket.entries.map((entry) => entry.state)).toEqual(['refused', 'priced'])
    expect(basket.problem?.code).toBe('menu.sold_out')
  })

  it('refuses more than the counted stock holds, over all lines together', () => {
    const menu = napoliMenu()
    menu.items.find((item) => item.id === 'margherita')!.stock = 3
    const both = [margherita(2), line({ item: 'margherita', size: 'large', quantity: 2 }, 0, 'large')]
    expect(priceBasket(menu, both).problem).toMatchObject({ code: 'menu.sold_out', details: { left: 3 } })
  })

  it('raises the quantity when an identical line is added', () => {
    const twice = addLine([margherita()], { ...margherita(2), id: 'other' })
    expect(twice).toHaveLength(1)
    expect(twice[0]!.line.quantity).toBe(3)
    expect(
      addLine(twice, line({ item: 'margherita', size: 'medium', quantity: 1, note: 'well done' }, 950, 'noted')),
    ).toHaveLength(2)
  })
})
