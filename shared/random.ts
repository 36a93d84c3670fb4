/** FNV-1a: the same word gives the same 32 bits everywhere, on the server as in the browser. */
export function hash(word: string): number {
  let bits = 0x811c9dc5
  for (let index = 0; index < word.length; index++) bits = Math.imul(bits ^ word.charCodeAt(index), 0x01000193)
  return bits >>> 0
}

/**
 * Numbers in [0, 1) that only the seed decides (mulberry32), so that a pizza is drawn the same on server and client.
 */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
