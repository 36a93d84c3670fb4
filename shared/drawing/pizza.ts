import type { Layer } from './art.ts'
import { bareBase } from './base.ts'
import type { Lying } from './placement.ts'
import { place } from './placement.ts'
import { crustOf } from './names.ts'
import type { Spot } from './shapes.ts'
import { lay } from './shapes.ts'

/** One SVG path. */
export interface Stroke {
  d: string
  fill: string
  stroke?: string
  width?: number
  /** Of its fill, or of its stroke where it has one: a path with an opacity of its own is a layer for the browser. */
  opacity?: number
}

const here: Spot = { x: 0, y: 0, turn: 0, scale: 1 }

const paint = ({ outline, fill, stroke, width, opacity }: Layer, spots: Spot[]): Stroke => ({
  d: lay(outline, spots),
  fill: fill ?? 'none',
  stroke,
  width: width && Math.round(width * (spots[0]?.scale ?? 1) * 10) / 10,
  opacity,
})

export interface Pizza {
  sauce: string
  crust: string | null
  toppings: readonly Lying[]
  /** Leaves out shadows and hairlines, which nobody sees below about 100 px, so that more of them fit on a screen. */
  plain?: boolean
  /** Whose blisters the crust has: an item's id, or the number of a crust (`names.ts`). */
  seed?: string | number
}

/** In drawing units: thinner lines are hairlines. */
const hairline = 0.95

/** The paths of a pizza from bottom to top, twenty to forty; view box `-50 -50 100 100`. */
export function drawPizza({ sauce, crust, toppings, plain = false, seed = '' }: Pizza): Stroke[] {
  const placed = place(toppings)
  const halved = toppings.some((lying) => lying.half !== 'whole')
  return [
    ...bareBase(sauce, crust, typeof seed === 'number' ? seed : crustOf(seed)).map((layer) => paint(layer, [here])),
    ...placed.flatMap(({ art, spots }) =>
      art.looks.flatMap((look, nth) => {
        const turn = spots.filter((_, index) => index % art.looks.length === nth)
        if (turn.length === 0) return []
        const layers = plain ? look.filter((layer) => !layer.stroke || (layer.width ?? 0) > hairline) : look
        return [...(plain || art.flat ? [] : shadow(look, turn)), ...layers.map((layer) => paint(layer, turn))]
      }),
    ),
    ...(halved ? divide() : []),
  ]
}

/** The light comes from the upper left for all pieces, however they are turned. */
function shadow(look: Layer[], spots: Spot[]): Stroke[] {
  const [first] = look
  if (!first) return []
  const below = spots.map((spot) => ({ ...spot, x: spot.x + 0.5, y: spot.y + 0.9 }))
  return [
    paint(
      first.fill
        ? { outline: first.outline, fill: '#3d0f05', opacity: 0.28 }
        : { ...first, stroke: '#3d0f05', opacity: 0.28 },
      below,
    ),
  ]
}

const divide = (): Stroke[] => [
  { d: 'M0.5 -38L0.5 38', fill: 'none', stroke: '#4a1c0a', width: 1.1, opacity: 0.35 },
  { d: 'M0 -38.4L0 38.4', fill: 'none', stroke: '#fff3d8', width: 0.9 },
]

const scales: Record<string, number> = { small: 0.8, medium: 0.9 }
/** The side of the view box: small and medium are drawn smaller in the same box, so that sizes can be compared. */
export const boxOf = (size: string) => 100 / (scales[size] ?? 1)

const most = 200
const drawings = new Map<string, Stroke[]>()

/** `drawPizza`, remembering the last {@link most}: a kitchen shows the same pizza again and again. */
export function pizzaStrokes(pizza: Pizza): Stroke[] {
  const key = JSON.stringify([
    pizza.plain,
    pizza.seed,
    pizza.sauce,
    pizza.crust,
    pizza.toppings.map(({ topping, half, amount }) => [topping, half, amount]),
  ])
  const known = drawings.get(key)
  if (known) return known
  if (drawings.size >= most) drawings.delete(drawings.keys().next().value!)
  const drawn = Object.freeze(drawPizza(pizza)) as Stroke[]
  drawings.set(key, drawn)
  return drawn
}
