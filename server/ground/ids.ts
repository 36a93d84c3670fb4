import { nanoid } from 'nanoid'

/**
 * An id that nobody can guess: the time (ms, in base 36) followed by 126 random bits, as in UUID version 7 (RFC 9562).
 * Ids of about the same time lie next to each other in an index, so a commit of many orders writes a few pages of the
 * database instead of a few for each order.
 */
export const newId = (now: number) => now.toString(36) + nanoid()

/** A word for a QR code that nobody can guess: 96 random bits in 16 letters. */
export const newToken = () => nanoid(16)
