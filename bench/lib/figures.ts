/** The value below which a share of the numbers lies; `sorted` is ascending. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  return sorted.length === 0 ? Number.NaN : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return (percentile(sorted, 0.5) + sorted[Math.ceil(sorted.length / 2) - 1]!) / 2
}

/** p50 and p99 of numbers in any order; sorts a typed array in place. */
export function spread(values: Float64Array | number[]) {
  const sorted = (values instanceof Float64Array ? values : Float64Array.from(values)).sort()
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) }
}
export type Spread = ReturnType<typeof spread>

/** Least squares: how much `y` grows per unit of `x`. */
export function slope(points: { x: number; y: number }[]): number {
  const mean = (key: 'x' | 'y') => points.reduce((sum, point) => sum + point[key], 0) / points.length
  const [mx, my] = [mean('x'), mean('y')]
  const over = points.reduce((sum, { x, y }) => sum + (x - mx) * (y - my), 0)
  return over / points.reduce((sum, { x }) => sum + (x - mx) ** 2, 0)
}

/** A number as a table shows it: three significant digits. */
export function round(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return value >= 100 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** A time (ms) as a table shows it. */
export const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`
