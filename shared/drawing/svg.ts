import { pizzaStrokes, type Pizza, type Stroke } from './pizza.ts'

/** Only our own numbers and colours stand in these attributes, nothing that anybody wrote. */
const attribute = (name: string, value: string | number | undefined) =>
  value === undefined ? '' : ` ${name}="${value}"`

const path = ({ d, fill, stroke, width, opacity }: Stroke) =>
  `<path${attribute('d', d)}${attribute('fill', fill)}${attribute('stroke', stroke)}` +
  `${attribute('stroke-width', width)}${attribute(stroke ? 'stroke-opacity' : 'fill-opacity', opacity)}/>`

/** A whole SVG, as a file of its own or written into a page. `box` is the side of its view box. */
export const svg = (strokes: readonly Stroke[], { box = 100, more = '' } = {}) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-box / 2} ${-box / 2} ${box} ${box}" width="240" height="240" ` +
  `aria-hidden="true" stroke-linecap="round"${more}>${strokes.map(path).join('')}</svg>`

/** A pizza, by the code that draws it in place (`PizzaDrawing.vue`). */
export const pizzaSvg = (pizza: Pizza) => svg(pizzaStrokes(pizza))

const urls = new WeakMap<readonly Stroke[], Map<number, string>>()

/**
 * A pizza as the address of an image that carries all of it: one node of a page instead of a path for each stroke, for
 * screens that show many pizzas and change often. `box` as `boxOf` gives it.
 */
export function pizzaUrl(pizza: Pizza, box: number): string {
  const strokes = pizzaStrokes(pizza)
  const bySize = urls.get(strokes) ?? new Map<number, string>()
  urls.set(strokes, bySize)
  const url = bySize.get(box) ?? `data:image/svg+xml,${encodeURIComponent(svg(strokes, { box }))}`
  bySize.set(box, url)
  return url
}
