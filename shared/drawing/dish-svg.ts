import type { Layer } from './art.ts'
import { iconOf } from './icons.ts'
import type { Stroke } from './pizza.ts'
import { svg } from './svg.ts'

const strokeOf = ({ outline, fill, stroke, width, opacity }: Layer): Stroke => ({
  d: outline,
  fill: fill ?? 'none',
  stroke,
  width,
  opacity,
})

/** A dish that is no pizza, by its name in `drawnDishes`. */
export const dishSvg = (dish: string) => svg(iconOf(dish, 'side').map(strokeOf), { more: ' stroke-linejoin="round"' })
