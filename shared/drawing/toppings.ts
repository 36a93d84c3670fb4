import type { Art } from './art.ts'
import { cheeses } from './art-cheese.ts'
import { herbs } from './art-herbs.ts'
import { meats } from './art-meat.ts'
import { seafood } from './art-fish.ts'
import { vegetables } from './art-vegetables.ts'
import { hash } from '../random.ts'
import { circle } from './shapes.ts'

const drawn: Record<string, Art> = { ...cheeses, ...meats, ...seafood, ...vegetables, ...herbs }

/** The topping's art; a topping that nobody has drawn yet is a dot in a colour of its own. */
export function artOf(topping: string): Art {
  const known = Object.hasOwn(drawn, topping) ? drawn[topping] : undefined
  if (known) return known
  const hue = hash(topping) % 360
  return {
    lie: 'slice',
    count: 8,
    radius: 3.4,
    looks: [
      [
        { outline: circle(0, 0, 3.2), fill: `hsl(${hue} 55% 45%)` },
        { outline: circle(-0.7, -0.8, 1.5), fill: `hsl(${hue} 65% 66%)` },
      ],
    ],
  }
}

/** The names of all that is drawn here: `names.ts` says the same to pages that do not draw. */
export const toppingsWithArt = Object.keys(drawn)
