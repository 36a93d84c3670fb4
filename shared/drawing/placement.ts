import type { Amount, Half } from '../menu/line.ts'
import type { Art } from './art.ts'
import { artOf } from './toppings.ts'
import { hash, randomFrom } from '../random.ts'
import type { Spot } from './shapes.ts'

/** Toppings stay within this radius; the pizza's is 48 (drawing units, centre 0,0). */
export const sauceRadius = 38

export interface Lying {
  topping: string
  half: Half
  amount: Amount
}
export interface Placed {
  topping: string
  art: Art
  spots: Spot[]
}

interface Taken {
  x: number
  y: number
  radius: number
}

/** Pieces are drawn larger than life: at 64 px one must still see what is on a pizza. */
const zoom = { ground: 1.3, slice: 1.3, strewn: 1.4, leaf: 1.35, centre: 1.15 } as const satisfies Record<
  Art['lie'],
  number
>

const order: Art['lie'][] = ['ground', 'centre', 'slice', 'strewn', 'leaf']
const portions = { none: 0, light: 0.55, normal: 1, extra: 1.7 } as const satisfies Record<Amount, number>

/** Distance kept from the cut between two halves, so that no piece leans over it. */
const cut = 0.8

/**
 * Where every piece of every topping lies, from the lowest to the top. The topping's name is the seed: the same pizza
 * looks the same everywhere and every time.
 */
export function place(toppings: readonly Lying[]): Placed[] {
  const wanted = toppings
    .filter((lying) => lying.amount !== 'none')
    .map((lying) => ({ ...lying, art: artOf(lying.topping) }))
  const crowd = Math.max(
    1,
    ...(['left', 'right'] as const).map(
      (side) =>
        wanted.filter(
          ({ half, art }) => (half === side || half === 'whole') && (art.lie === 'slice' || art.lie === 'leaf'),
        ).length,
    ),
  )
  const taken: Taken[] = []
  return wanted
    .sort((one, other) => order.indexOf(one.art.lie) - order.indexOf(other.art.lie))
    .map(({ topping, half, amount, art }) => {
      const random = randomFrom(hash(`${topping}/${half}`))
      const spots =
        art.lie === 'centre'
          ? [centre(half, amount, art)]
          : scatter({ half, art, pieces: pieces(art, half, amount, crowd), random, taken })
      if (art.lie !== 'ground')
        taken.push(...spots.map((spot) => ({ x: spot.x, y: spot.y, radius: art.radius * spot.scale })))
      return { topping, art, spots }
    })
}

/** Fewer of each when many toppings share the pizza, as a pizzaiolo does. */
function pieces(art: Art, half: Half, amount: Amount, crowd: number): number {
  const share = art.lie === 'ground' || art.lie === 'strewn' ? 1 : ([1.15, 0.95, 0.8, 0.7][crowd - 1] ?? 0.6)
  return Math.max(2, Math.round(art.count * portions[amount] * share * (half === 'whole' ? 1 : 0.5)))
}

/** One big piece: in the middle of the pizza or of its half, and small enough to stay there. */
function centre(half: Half, amount: Amount, art: Art): Spot {
  const size = (amount === 'light' ? 0.8 : amount === 'extra' ? 1.2 : 1) * zoom.centre
  if (half === 'whole') return { x: 0, y: 0, turn: 0, scale: size }
  const x = sauceRadius * 0.46
  return { x: half === 'left' ? -x : x, y: 0, turn: 0, scale: Math.min(size, (x - cut) / (art.radius * 1.1)) }
}

interface Scatter {
  half: Half
  art: Art
  pieces: number
  random: () => number
  taken: Taken[]
}

/** Pieces of one kind keep this much more distance from each other than from other pieces. */
const apart = 2.5

/** Best of many throws: each piece goes where it has most room; then all of them make room for each other. */
function scatter({ half, art, pieces, random, taken }: Scatter): Spot[] {
  const own: (Taken & { turn: number; scale: number })[] = []
  for (let piece = 0; piece < pieces; piece++) {
    const scale = (0.92 + random() * 0.16) * zoom[art.lie]
    const radius = art.radius * scale
    let best = { x: 0, y: 0, room: -Infinity }
    for (let throws = 0; throws < 40; throws++) {
      const distance = Math.sqrt(random()) * (sauceRadius - radius)
      const angle = random() * 2 * Math.PI
      const x = distance * Math.cos(angle)
      // A throw that lands on the other half is mirrored onto this one; otherwise all that crossed the cut would lie
      // along it.
      const at = within(
        half,
        radius,
        half === 'whole' ? x : half === 'left' ? -Math.abs(x) : Math.abs(x),
        distance * Math.sin(angle),
      )
      // A first piece has room everywhere; the rim counts a little, so that not all first pieces lie along it.
      let room = (sauceRadius - length(at.x, at.y)) * 0.5 + 2
      for (const other of own) room = Math.min(room, gap(at, radius, other) - apart)
      for (const other of taken) room = Math.min(room, gap(at, radius, other))
      if (room > best.room) best = { ...at, room }
    }
    own.push({ x: best.x, y: best.y, radius, scale, turn: Math.round(random() * 360) })
  }
  for (let round = 0; round < 24; round++) {
    for (const piece of own) {
      for (const other of own) if (other !== piece) push(piece, other, apart, 0.4)
      for (const other of taken) push(piece, other, 0, 0.25)
      Object.assign(piece, within(half, piece.radius, piece.x, piece.y))
    }
  }
  return own.map(({ x, y, turn, scale }) => ({ x, y, turn, scale }))
}

/** Math.hypot is several times slower, and its last bit differs between engines. */
const length = (x: number, y: number) => Math.sqrt(x * x + y * y)

const gap = (at: { x: number; y: number }, radius: number, other: Taken) =>
  length(at.x - other.x, at.y - other.y) - radius - other.radius

/** Moves a piece away from another that is nearer than `room`, by a part of the missing distance. */
function push(piece: Taken, other: Taken, room: number, part: number) {
  const distance = length(piece.x - other.x, piece.y - other.y)
  const missing = piece.radius + other.radius + room - distance
  if (missing <= 0 || distance === 0) return
  piece.x += ((piece.x - other.x) / distance) * missing * part
  piece.y += ((piece.y - other.y) / distance) * missing * part
}

/** The nearest place inside the sauce where the whole piece fits, on its half and `cut` away from the other. */
function within(half: Half, radius: number, x: number, y: number) {
  const reach = sauceRadius - radius
  const far = length(x, y)
  const inside = far > reach ? { x: (x / far) * reach, y: (y / far) * reach } : { x, y }
  if (half === 'whole') return inside
  const side = Math.min(reach, Math.max(half === 'left' ? -inside.x : inside.x, radius + cut))
  const height = Math.sqrt(Math.max(0, reach * reach - side * side))
  return { x: half === 'left' ? -side : side, y: Math.max(-height, Math.min(height, inside.y)) }
}
