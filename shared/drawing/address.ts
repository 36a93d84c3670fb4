import type { Lying } from './placement.ts'
import { crustOf, drawnToppings } from './names.ts'

/** What lies on a pizza, as far as a picture shows it. */
export interface PicturedPizza {
  sauce: string
  crust?: string | null
  toppings: readonly Lying[]
  /** The item's id: its crust's own blisters. */
  seed?: string
}

/** Most pieces of an address: more than a pizza of our menus can have. */
export const maxPictured = 40

const marks = { half: { left: '.l', right: '.r', whole: '' }, amount: { light: '.light', normal: '', extra: '.extra' } }

/**
 * Where the picture of a pizza is, below `/_pictures/{version}/`: the address says all that lies on it, so it can be
 * kept for ever. Null where it cannot be said (a topping that nobody has drawn): it is drawn in place then.
 */
export function pizzaAddress({ sauce, crust, toppings, seed = '' }: PicturedPizza): string | null {
  const lying = toppings.filter((one) => one.amount !== 'none')
  if (lying.length > maxPictured || lying.some((one) => !drawnToppings.includes(one.topping))) return null
  const pieces = lying.map(({ topping, half, amount }) =>
    [topping, marks.half[half], amount === 'none' ? '' : marks.amount[amount]].join(''),
  )
  return `pizza/${sauce}/${crust ?? 'classic'}/${crustOf(seed)}/${pieces.join(',') || '_'}.svg`
}

/** The same of a dish that is no pizza; `id` as `dishOf` gives it. */
export const dishAddress = (id: string) => `dish/${id}.svg`
