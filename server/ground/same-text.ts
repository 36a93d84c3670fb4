import { timingSafeEqual } from 'node:crypto'

/** Compares without telling by the time it takes where two texts differ. */
export function sameText(given: string, expected: string): boolean {
  // Bytes, not letters: a letter may be several of them.
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
