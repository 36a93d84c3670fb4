import { typeSize, type Viewing } from './type-size.ts'

/** Everything on the wall in multiples of the type size; the styles use the same numbers. */
export const railMetrics = {
  /** What the strip at the right takes, with its gap. */
  strip: 5.4,
  /** Around everything, and between tickets and columns. */
  edge: 0.06,
  gap: 0.08,
  /** Between columns. */
  gutter: 0.12,
  /** A column holds a name and its wishes in rows that are not torn all the time. */
  column: 6.6,
  maxColumns: 6,
} as const

export interface Shape {
  columns: number
  /** A column's width and height in type sizes. */
  width: number
  height: number
  /** Type size, px. */
  size: number
  /** Whether the type is as large as the distance asks. */
  readable: boolean
}

/** What fits on a screen: columns from top to bottom beside the strip, at least two. */
export function shapeOf(viewing: Viewing): Shape {
  const { strip, edge, gutter, column, maxColumns } = railMetrics
  const ideal = typeSize(viewing)
  const largest = Math.min(viewing.width / (strip + 2 * column), viewing.height / 8)
  const size = Math.max(12, Math.min(ideal, largest))
  const width = viewing.width / size - strip - 2 * edge
  const columns = Math.min(maxColumns, Math.max(2, Math.floor((width + gutter) / column)))
  return {
    columns,
    width: (width - (columns - 1) * gutter) / columns,
    height: viewing.height / size - 2 * edge,
    size,
    readable: size >= ideal - 0.5,
  }
}
