import type { Line } from './line.ts'

/**
 * The dishes that somebody orders most, by id: what was ordered in more orders first, then what was ordered more
 * recently. `orders` are theirs, the newest first; a dish counts once an order, so that a party for twelve is no habit.
 */
export function favouritesOf(orders: readonly { lines?: readonly Pick<Line, 'item' | 'half'>[] }[], max: number) {
  const times = new Map<string, number>()
  for (const { lines = [] } of orders)
    for (const id of new Set(lines.flatMap(({ item, half }) => (half ? [item, half] : [item]))))
      times.set(id, (times.get(id) ?? 0) + 1)
  // A map keeps the order of its first entries, and so does a sort of equals: the newer one stays first.
  return [...times]
    .sort(([, one], [, other]) => other - one)
    .slice(0, max)
    .map(([id]) => id)
}
