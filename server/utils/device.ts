import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { H3Event } from 'h3'

/** The cookie that recognises a device on which staff have signed in. It grants no access by itself. */
const name = 'comanda-device'
const lastsSeconds = 400 * 86_400

const sign = (id: string, pizzeria: string) =>
  createHmac('sha256', sessionSecret()).update(`device ${pizzeria} ${id}`).digest('base64url')

/** The id of a device on which staff of this pizzeria have signed in before, or null. */
export function readDevice(event: H3Event, pizzeria: string): string | null {
  const [id, given] = (getCookie(event, name) ?? '').split('.')
  if (!id || !given) return null
  const [a, b] = [Buffer.from(given), Buffer.from(sign(id, pizzeria))]
  return a.length === b.length && timingSafeEqual(a, b) ? id : null
}

/** From now on the device is known at this pizzeria. */
export function rememberDevice(event: H3Event, pizzeria: string) {
  const id = readDevice(event, pizzeria) ?? randomBytes(12).toString('base64url')
  setCookie(event, name, `${id}.${sign(id, pizzeria)}`, {
    secure: getRequestProtocol(event, { xForwardedProto: true }) === 'https',
    sameSite: 'lax',
    httpOnly: true,
    path: '/api/staff',
    maxAge: lastsSeconds,
  })
}
