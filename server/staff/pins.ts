import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(scrypt)
/**
 * OWASP recommends N=2^17 for scrypt. A PIN is short, so the limits on tries give the protection, and 2^14 keeps a mini
 * PC responsive.
 */
const cost = { N: 2 ** 14, r: 8, p: 1 }
const bytes = 32

/** `scrypt$N$salt$hash`, base64url. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(pin, salt, bytes, cost)
  return ['scrypt', cost.N, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Whether a PIN is the one that was hashed. Takes the same time either way. */
export async function verifyPin(pin: string, stored: string): Promise<boolean> {
  const [, n, salt, hash] = stored.split('$')
  const expected = Buffer.from(hash!, 'base64url')
  const given = await derive(pin, Buffer.from(salt!, 'base64url'), expected.length, { ...cost, N: Number(n) })
  return timingSafeEqual(given, expected)
}
