import type { OrderLine } from '../order/order.ts'
import type { MenuItem } from './menu.ts'

/** What lies on a pizza as it stands on the menu, for its drawing. */
export const recipe = (item: Pick<MenuItem, 'toppings'>): NonNullable<OrderLine['picture']>['toppings'] =>
  item.toppings.map(topping => ({ topping, half: 'whole', amount: 'normal' }))
