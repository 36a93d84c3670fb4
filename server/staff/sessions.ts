import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Role } from '../../shared/order/roles.ts'
import type { Session } from '../../shared/staff/session.ts'
import type { Tx } from '../../db/store.ts'
import type { Actor } from '../../shared/order/order.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Context } from '../context.ts'
import { signedBy } from '../ground/commit.ts'

const day = 86_400_000
/** A shift's sign-in lasts a day; a screen on the wall stays until somebody removes it. */
const lasts = { staff: day, screen: 3650 * day }

export async function startSession(
  tx: Tx,
  { now, ...grant }: Pick<Session, 'pizzeria' | 'kind' | 'role' | 'name' | 'screen' | 'member'> & { now: number },
): Promise<Session> {
  const session: Session = {
    ...grant,
    id: randomBytes(18).toString('base64url'),
    createdAt: now,
    expiresAt: now + lasts[grant.kind],
    endedAt: null,
  }
  await tx.insertSession(session)
  return session
}

/** For programs: a bearer token that stands for a session, and can be made by this server only. */
export const tokenOf = (session: Session, secret: string) => `${session.id}.${signature(session.id, secret)}`
const signature = (id: string, secret: string) =>
  createHmac('sha256', secret).update(`bearer ${id}`).digest('base64url')

const maxTokensKept = 1000
/** Tokens that were found to be ours, with their secret: a program sends the same one again and again. */
const kept = new Map<string, { id: string; secret: string }>()

/** The session's id in a bearer token, or null when the token is not ours. */
export function readToken(token: string, secret: string): string | null {
  const known = kept.get(token)
  if (known?.secret === secret) return known.id
  const id = checkToken(token, secret)
  if (id === null) return null
  if (kept.size >= maxTokensKept) kept.clear()
  kept.set(token, { id, secret })
  return id
}

function checkToken(token: string, secret: string): string | null {
  const [id, given] = token.split('.')
  if (!id || !given) return null
  const expected = signature(id, secret)
  // Bytes, not letters: a letter may be several of them.
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b) ? id : null
}

/** Refuses who is not signed in at this pizzeria (401), or not in one of these roles (403). */
export function requireRole(session: Session | null, pizzeria: string, roles: readonly Role[]): Session {
  if (!session) throw new Rejected('staff.sign_in')
  if (session.pizzeria !== pizzeria || !roles.includes(session.role)) throw new Rejected('staff.forbidden')
  return session
}

/** Whether somebody is signed in at this pizzeria in one of these roles; staff of another one are customers here. */
export const isStaffOf = (session: Session | null, pizzeria: string, roles: readonly Role[]) =>
  session !== null && session.pizzeria === pizzeria && roles.includes(session.role)

/** The same for what belongs to whatever pizzeria they are signed in at. */
export const requireSignedIn = (session: Session | null, roles: readonly Role[]) =>
  requireRole(session, session?.pizzeria ?? '', roles)

/** Who acts, in the words of the order rules. */
export const actorOf = (session: Session | null): Actor => session?.role ?? 'customer'

/** Who it is in the log: a member of staff, or a screen. */
export const signatureOf = (session: Session | null) =>
  session?.member ?? (session?.screen ? `screen:${session.screen}` : null)

/** The member of staff behind a session; null: a screen, or a sign-in of an earlier build. */
export const personOf = ({ member, name }: Session) => (member === null ? null : { id: member, name })

/** The same ground for one who acts: what they change is signed by them in the log. */
export const actingAs = <Ground extends Pick<Context, 'commit'>>(ground: Ground, session: Session | null): Ground => ({
  ...ground,
  commit: signedBy(ground.commit, signatureOf(session)),
})
