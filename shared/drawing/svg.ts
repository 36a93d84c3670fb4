import type { Layer } from './art.ts'
import { iconOf } from './icons.ts'
import { pizzaStrokes, type Pizza, type Stroke } from './pizza.ts'

/** Only our own numbers and colours stand in these attributes, nothing that anybody wrote. */
const attribute = (name: string, value: string | number | undefined) =>
  value === undefined ? '' : ` ${name}="${value}"`

const path = ({ d, fill, stroke, width, opacity }: Stroke) =>
  `<path${attribute('d', d)}${attribute('fill', fill)}${attribute('stroke', stroke)}` +
  `${attribute('stroke-width', width)}${attribute('opacity', opacity)}/>`

/** A whole SVG: as a file of its own, or written into a page. */
const svg = (strokes: Stroke[], more = '') =>
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-50 -50 100 100" width="240" height="240" aria-hidden="true" ' +
  `stroke-linecap="round"${more}>${strokes.map(path).join('')}</svg>`

/** A pizza, by the code that draws it in place (`PizzaDrawing.vue`). */
export const pizzaSvg = (pizza: Pizza) => svg(pizzaStrokes(pizza))

const strokeOf = ({ outline, fill, stroke, width, opacity }: Layer): Stroke => ({
  d: outline,
  fill: fill ?? 'none',
  stroke,
  width,
  opacity,
})

/** A dish that is no pizza, by its name in `drawnDishes`. */
export const dishSvg = (dish: string) => svg(iconOf(dish, 'side').map(strokeOf), ' stroke-linejoin="round"')
