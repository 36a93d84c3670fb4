import type { Role } from '../db/queries/people'

declare module '#auth-utils' {
  interface User {
    id: string
    pizzeria: string
    role: Role
    name: string
    kind: 'staff' | 'screen'
  }
  /** The session's id in the database; sealed in the cookie, never told to the page. */
  interface SecureSessionData { session: string }
}

export {}
