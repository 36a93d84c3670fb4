/** The seed of everything random in a run. `COMANDA_SEED=… npm test` repeats the same run. */
export const seed = Number(process.env.COMANDA_SEED) || Math.floor(Math.random() * 2 ** 31)

/** Mulberry32: a small source of random numbers in [0, 1) that a seed repeats exactly. */
export function randomFrom(start: number) {
  let state = start >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
