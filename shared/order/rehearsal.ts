import { hash, randomFrom } from '../random.ts'
import type { Menu, MenuItem } from '../menu/menu.ts'
import { soldOut } from '../menu/sold-out.ts'
import type { LineInput } from '../menu/line.ts'

/** One made-up order and when it comes, ms after the start. */
export interface RehearsedOrder {
  at: number
  name: string
  lines: LineInput[]
  note: string
}

export interface RehearsalOptions {
  menu: Menu
  /** The same seed makes the same evening. */
  seed: string
  minutes: number
  /**
   * Pizzas per hour at the peak. 239 in an hour is what one shop made before a Super Bowl (Restaurant Business, 2012).
   */
  peak: number
}

const names = [
  'Giulia',
  'Marc',
  'Ada',
  'Luca',
  'Zoé',
  'Paolo',
  'Emma',
  'Hugo',
  'Chiara',
  'Tom',
  'Inès',
  'Marco',
  'Léa',
  'Nina',
  'Sofia',
  'Max',
]
const notes = ['well done', 'cut in eight', 'nut allergy at the table', 'no chilli please', 'for a birthday']

/** Pizzas of one order: mostly one to three, now and then a family. Their mean is 2.2. */
const pizzasPerOrder = [1, 1, 1, 2, 2, 2, 3, 3, 4, 3]
const meanPizzas = pizzasPerOrder.reduce((sum, pizzas) => sum + pizzas, 0) / pizzasPerOrder.length

/**
 * A Friday night's arrivals: a bell curve around the middle of the evening, because most orders come between 18 and 21
 * h. `share` is how far the evening has gone, 0 to 1; returns the share of the peak rate.
 */
export const arrivalCurve = (share: number) => 0.12 + 0.88 * Math.exp(-(((share - 0.5) / 0.2) ** 2))

/**
 * A made-up evening: arrivals of a Poisson process whose rate follows the curve (by thinning), and orders like those of
 * real people.
 */
export function rehearse({ menu, seed, minutes, peak }: RehearsalOptions): RehearsedOrder[] {
  const next = randomFrom(hash(seed))
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)]!
  const pizzas = menu.items.filter((item) => item.kind === 'pizza' && !soldOut(menu, item))
  const extras = menu.items.filter((item) => item.kind === 'drink' && !soldOut(menu, item))
  const ordersPerMs = peak / meanPizzas / 3_600_000
  const orders: RehearsedOrder[] = []
  if (pizzas.length === 0) return orders
  for (let at = 0; ;) {
    at += -Math.log(1 - next()) / ordersPerMs
    if (at >= minutes * 60_000) return orders
    if (next() > arrivalCurve(at / (minutes * 60_000))) continue
    const lines = Array.from({ length: pick(pizzasPerOrder) }, () => pizzaLine(menu, pick(pizzas), next, pick))
    if (extras.length > 0 && next() < 0.3)
      lines.push({ item: pick(extras).id, size: undefined, quantity: 1 + Math.floor(next() * 2) })
    orders.push({
      at: Math.round(at),
      name: pick(names),
      lines: lines.map((line) => withSize(menu, line)),
      note: next() < 0.12 ? pick(notes) : '',
    })
  }
}

/** One in four pizzas is changed, one in ten is half and half. */
function pizzaLine(menu: Menu, item: MenuItem, next: () => number, pick: <T>(all: readonly T[]) => T): LineInput {
  const line: LineInput = { item: item.id, size: pick(item.sizes.filter((size) => size.available)).id, quantity: 1 }
  if (next() < 0.25) {
    const topping = pick(menu.toppings.filter((one) => one.available && !item.toppings.includes(one.id)))
    if (topping)
      line.toppings = [
        {
          topping: topping.id,
          half: pick(['left', 'right', 'whole', 'whole']),
          amount: pick(['normal', 'normal', 'extra']),
        },
      ]
    if (item.toppings.length > 0 && next() < 0.5) line.remove = [pick(item.toppings)]
  } else if (next() < 0.13) {
    const other = pick(
      menu.items.filter(
        (one) =>
          one.kind === 'pizza' &&
          one.id !== item.id &&
          !soldOut(menu, one) &&
          one.sizes.some((size) => size.id === line.size),
      ),
    )
    if (other) line.half = other.id
  }
  return line
}

function withSize(menu: Menu, line: LineInput): LineInput {
  if (line.size) return line
  return { ...line, size: menu.items.find((item) => item.id === line.item)!.sizes[0]!.id }
}
