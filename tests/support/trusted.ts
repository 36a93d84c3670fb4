import { createTrustedClock } from '../../server/ground/trusted-clock.ts'

/** A clock that nobody sets: the machine has been up for as long as it says. */
export const trustedClock = (clock: () => number) =>
  createTrustedClock(() => ({ wall: clock(), up: clock(), boot: 'test' }))
