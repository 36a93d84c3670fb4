import { cheeses } from './art-cheese.ts'
import { herbs } from './art-herbs.ts'
import { meats } from './art-meat.ts'
import { seafood } from './art-fish.ts'
import { vegetables } from './art-vegetables.ts'
import { hash } from './random.ts'
import { circle } from './shapes.ts'

/** One colour of a piece; outlines are in drawing units around 0,0 (the sauce's radius is 38). */
export interface Layer {
  outline: string
  fill?: string
  stroke?: string
  width?: number
  opacity?: number
}

/**
 * How a topping looks and lies. `ground` melts into the sauce and lies under everything, `slice` is laid,
 * `strewn` is small and many, `leaf` comes last; `centre` is one piece in the middle (of its half).
 */
export interface Art {
  lie: 'ground' | 'slice' | 'strewn' | 'leaf' | 'centre'
  /** Pieces of a normal portion on a whole pizza. */
  count: number
  /** Of the circle around one piece. */
  radius: number
  /** The looks that pieces take in turn; the first layer of each is its outline and throws the shadow. */
  looks: Layer[][]
  /** Throws no shadow. */
  flat?: boolean
}

const drawn: Record<string, Art> = { ...cheeses, ...meats, ...seafood, ...vegetables, ...herbs }

/** The topping's art; what nobody has drawn yet is a dot in a colour of its own. */
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

/** Toppings with a shape of their own. */
export const drawnToppings = Object.keys(drawn)
