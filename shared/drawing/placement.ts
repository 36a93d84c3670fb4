import type { Amount, Half } from '../order/order.ts'
import type { Art } from './art.ts'
import { artOf } from './art.ts'
import { hash, randomFrom } from './random.ts'
import type { Spot } from './shapes.ts'

/** Toppings stay within this radius; the pizza's is 48 (drawing units, centre 0,0). */
export const sauceRadius = 38

export interface Lying { topping: string, half: Half, amount: Amount }
export interface Placed { topping: string, art: Art, spots: Spot[] }

interface Taken { x: number, y: number, radius: number, topping: string }

/** Pieces are drawn larger than life: at 64 px a pizza must still say what is on it. */
const zoom = { ground: 1.3, slice: 1.3, strewn: 1.4, leaf: 1.35, centre: 1.15 } as const satisfies Record<Art['lie'], number>

const order: Art['lie'][] = ['ground', 'centre', 'slice', 'strewn', 'leaf']
const portions = { none: 0, light: 0.55, normal: 1, extra: 1.7 } as const satisfies Record<Amount, number>

/** Distance kept from the cut between two halves, so that nothing leans over it. */
const cut = 0.8

/**
 * Where every piece of every topping lies, from what lies lowest to what is laid last.
 * The topping's name is the seed: the same pizza looks the same everywhere and every time.
 */
export function place(toppings: readonly Lying[]): Placed[] {
  const wanted = toppings.filter(lying => lying.amount !== 'none').map(lying => ({ ...lying, art: artOf(lying.topping) }))
  const crowd = Math.max(1, ...(['left', 'right'] as const).map(side =>
    wanted.filter(({ half, art }) => (half === side || half === 'whole') && (art.lie === 'slice' || art.lie === 'leaf')).length))
  const taken: Taken[] = []
  return wanted
    .sort((one, other) => order.indexOf(one.art.lie) - order.indexOf(other.art.lie))
    .map(({ topping, half, amount, art }) => {
      const random = randomFrom(hash(`${topping}/${half}`))
      const spots = art.lie === 'centre'
        ? [centre(half, amount, art)]
        : scatter({ topping, half, art, pieces: pieces(art, half, amount, crowd), random, taken })
      if (art.lie !== 'ground') taken.push(...spots.map(spot => ({ x: spot.x, y: spot.y, radius: art.radius * spot.scale, topping })))
      return { topping, art, spots }
    })
}

/** Fewer of each when many share the pizza, as a pizzaiolo does. */
function pieces(art: Art, half: Half, amount: Amount, crowd: number): number {
  const share = art.lie === 'ground' || art.lie === 'strewn' ? 1 : [1.15, 0.95, 0.8, 0.7][crowd - 1] ?? 0.6
  return Math.max(2, Math.round(art.count * portions[amount] * share * (half === 'whole' ? 1 : 0.5)))
}

/** One big piece: in the middle, or in the middle of its half, and small enough to stay there. */
function centre(half: Half, amount: Amount, art: Art): Spot {
  const size = (amount === 'light' ? 0.8 : amount === 'extra' ? 1.2 : 1) * zoom.centre
  if (half === 'whole') return { x: 0, y: 0, turn: 0, scale: size }
  const x = sauceRadius * 0.46
  return { x: half === 'left' ? -x : x, y: 0, turn: 0, scale: Math.min(size, (x - cut) / (art.radius * 1.1)) }
}

interface Scatter { topping: string, half: Half, art: Art, pieces: number, random: () => number, taken: Taken[] }

/** Best of many throws: each piece goes where it has most room, more room from its own kind than from others. */
function scatter({ topping, half, art, pieces, random, taken }: Scatter): Spot[] {
  const spots: Spot[] = []
  const own: Taken[] = []
  for (let piece = 0; piece < pieces; piece++) {
    const scale = (0.92 + random() * 0.16) * zoom[art.lie]
    const radius = art.radius * scale
    let best = { x: 0, y: 0, room: -Infinity }
    for (let throws = 0; throws < 48; throws++) {
      const { x, y } = throwInto(half, sauceRadius - radius, radius + cut, random)
      const room = Math.min(
        ...own.map(other => (Math.hypot(x - other.x, y - other.y) - radius - other.radius) * 0.75),
        ...taken.map(other => Math.hypot(x - other.x, y - other.y) - radius - other.radius),
        // A first piece has room everywhere; the rim counts a little, so that not all lie along it.
        (sauceRadius - Math.hypot(x, y)) * 0.5 + 2,
      )
      if (room > best.room) best = { x, y, room }
    }
    spots.push({ x: best.x, y: best.y, turn: Math.round(random() * 360), scale })
    own.push({ x: best.x, y: best.y, radius, topping })
  }
  return spots
}

/** A random point of a disc, or of its half: `margin` from the cut, or as far as a piece that large can be. */
function throwInto(half: Half, reach: number, margin: number, random: () => number) {
  const distance = Math.sqrt(random()) * reach
  const angle = random() * 2 * Math.PI
  const x = distance * Math.cos(angle)
  const y = distance * Math.sin(angle)
  if (half === 'whole') return { x, y }
  const from = Math.min(margin, reach)
  const side = Math.max(Math.abs(x), from)
  const height = Math.sqrt(Math.max(0, reach * reach - side * side))
  return { x: half === 'left' ? -side : side, y: Math.max(-height, Math.min(height, y)) }
}
