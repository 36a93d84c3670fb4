/** One part of a ticket: which of its lines stand on it, and which part it is of how many. */
export interface Part {
  part: number
  of: number
  lines: number[]
}

/**
 * Splits a ticket whose lines are taller than a tile into parts that each fit, in order, without tearing a line apart.
 * `first` is what the first part holds (it also carries banners), `rest` what the others hold, all in rows.
 * A line taller than a whole tile gets a tile of its own: nothing is ever left out, and nothing scrolls.
 */
export function split(heights: readonly number[], first: number, rest: number = first): Part[] {
  const parts: number[][] = [[]]
  let room = first
  for (const [index, height] of heights.entries()) {
    if (height > room && parts.at(-1)!.length > 0) {
      parts.push([])
      room = rest
    }
    parts.at(-1)!.push(index)
    room -= height
  }
  return parts.map((lines, index) => ({ part: index + 1, of: parts.length, lines }))
}
