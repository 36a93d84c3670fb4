import { createECDH, hkdfSync } from 'node:crypto'

export interface VapidKeys {
  /** base64url, uncompressed point: what a browser subscribes with. */
  publicKey: string
  /** base64url */
  privateKey: string
}

const curve = 'prime256v1'

/**
 * The server's key pair for Web Push (VAPID, RFC 8292), derived from the installation's secret with HKDF (RFC 5869). So
 * it is the same after each restart and on all nodes, without being kept anywhere: a browser's subscription is good for
 * one key only.
 */
export function vapidKeys(secret: string): VapidKeys {
  for (let attempt = 0; ; attempt++) {
    const bytes = Buffer.from(hkdfSync('sha256', secret, '', `comanda web push ${attempt}`, 32))
    const pair = createECDH(curve)
    try {
      // Throws for 0 and for numbers above the curve's order: two in 2^32.
      pair.setPrivateKey(bytes)
    } catch {
      continue
    }
    return { publicKey: pair.getPublicKey('base64url'), privateKey: bytes.toString('base64url') }
  }
}
