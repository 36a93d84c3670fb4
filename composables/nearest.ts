interface Box {
  left: number
  top: number
  width: number
  height: number
}
export type Direction = 'up' | 'down' | 'left' | 'right'

/**
 * The index of the nearest box in a direction, or -1. It compares the distance along the direction plus three times the
 * distance beside it, so that "down" stays in its column.
 */
export function nearest(from: Box, all: readonly Box[], direction: Direction): number {
  const centre = (box: Box) => ({ x: box.left + box.width / 2, y: box.top + box.height / 2 })
  const here = centre(from)
  let best = -1
  let least = Infinity
  for (const [index, box] of all.entries()) {
    const there = centre(box)
    const along =
      direction === 'down'
        ? there.y - here.y
        : direction === 'up'
          ? here.y - there.y
          : direction === 'right'
            ? there.x - here.x
            : here.x - there.x
    const across = Math.abs(direction === 'up' || direction === 'down' ? there.x - here.x : there.y - here.y)
    if (along > 4 && along + across * 3 < least) [best, least] = [index, along + across * 3]
  }
  return best
}
