/** Where a screen hangs and how large it is: all that the type size follows from. */
export interface Viewing {
  /** metres from the eyes */ distance: number
  /** inches */ diagonal: number
  /** CSS pixels */ width: number
  height: number
}

const arcMinutes = 20
/** Height of a capital letter in Bricolage Grotesque, in em, as a browser draws it. */
export const capHeight = 0.672

/**
 * The font size (CSS px) whose capitals subtend 20 arc minutes: what people like to read at a glance
 * (FAA Human Factors, 20 to 22 preferred, 16 the least). At 3 m on a 32-inch 1080p screen: 70 px.
 */
export function typeSize({ distance, diagonal, width, height }: Viewing): number {
  const capMm = 2 * distance * 1000 * Math.tan(((arcMinutes / 60 / 2) * Math.PI) / 180)
  const pixelMm = (diagonal * 25.4) / Math.hypot(width, height)
  return capMm / pixelMm / capHeight
}

export interface Shape {
  columns: number
  rows: number
  /** Large tickets, the first of which stay where they are. */
  large: number
  /** The due-soonest, which do not rotate. */
  pinned: number
  /** Small tickets of the tail. */
  compact: number
  /** Characters of a pizza's name in one row, characters in a row of wishes, and full-size rows below the head. */
  characters: number
  wide: number
  textRows: number
  /** Type size in px, as fitted: never above the ideal, but smaller when fewer than two by two would fit. */
  size: number
  /** Whether the type is as large as the distance asks. */
  readable: boolean
}

/** Widths and heights in multiples of the type size, measured on the page; the styles use the same numbers. */
export const metrics = {
  strip: 5.3,
  bar: 0.95,
  tail: 1.65,
  gap: 0.16,
  tile: { width: 6.6, height: 5.2 },
  head: 1.4,
  cell: 3.6,
  /** One row; the quantity, size and disc before a name; the air around a line. */
  row: 1,
  before: 3.15,
  air: 0.12,
  small: 0.8,
  /** An average letter of the condensed face. */
  character: 0.39,
} as const

/** What fits on a screen: two to four columns of one or two rows, four to six large tickets in the usual kitchen. */
export function shapeOf(viewing: Viewing): Shape {
  const ideal = typeSize(viewing)
  const mostForTwo = Math.min(
    viewing.width / (metrics.strip + 2 * metrics.tile.width),
    viewing.height / (metrics.bar + metrics.tail + 2 * metrics.tile.height),
  )
  const size = Math.max(14, Math.min(ideal, mostForTwo))
  const width = viewing.width - size * (metrics.strip + metrics.gap)
  const height = viewing.height - size * (metrics.bar + metrics.tail + 2 * metrics.gap)
  const columns = clamp(Math.floor(width / (size * metrics.tile.width)), 2, 4)
  const rows = clamp(Math.floor(height / (size * metrics.tile.height)), 1, 2)
  const large = columns * rows
  const tileWidth = width / columns / size
  const tileHeight = height / rows / size
  return {
    columns,
    rows,
    large,
    size,
    pinned: Math.max(1, large - Math.max(1, Math.round(large / 3))),
    compact: clamp(Math.floor(width / (size * metrics.cell)), 2, 10),
    characters: Math.floor((tileWidth - metrics.gap - metrics.before) / metrics.character),
    wide: Math.floor((tileWidth - metrics.gap - 0.5) / (metrics.character * metrics.small)),
    textRows: tileHeight - metrics.gap - metrics.head - 0.1,
    readable: size >= ideal - 0.5,
  }
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))
