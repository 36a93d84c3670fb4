import type { Role } from '../order/roles.ts'

/** A sign-in, or a paired screen. A cookie's rights end when its session does. Times are ms since 1970. */
export interface Session {
  id: string
  pizzeria: string
  kind: 'staff' | 'screen'
  role: Role
  name: string
  /** The device's id, of a session of kind `screen`. */
  screen: string | null
  /** The member it belongs to, for kind `staff`; null where an earlier build began it. */
  member: string | null
  createdAt: number
  expiresAt: number
  endedAt: number | null
}
