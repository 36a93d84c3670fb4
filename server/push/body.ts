import { ECDH } from 'node:crypto'
import { pushInput } from '../../shared/order/push.ts'

/**
 * Whether a key can be a browser's: a point of the curve P-256, uncompressed (RFC 8291, section 3). No message could be
 * encrypted for another one, however often it was tried.
 */
function isPoint(key: string): boolean {
  const bytes = Buffer.from(key, 'base64url')
  try {
    return bytes.equals(ECDH.convertKey(bytes, 'prime256v1') as Buffer)
  } catch {
    return false
  }
}

/** A subscription as the server takes it: what its shape says, and a key that a message can be encrypted for. */
export const pushBody = pushInput.extend({
  keys: pushInput.shape.keys.refine(({ p256dh }) => isPoint(p256dh), {
    path: ['p256dh'],
    message: 'Invalid input: expected a point of the curve P-256',
  }),
})
