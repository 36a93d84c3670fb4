/** What a session holds (nuxt-auth-utils): the page sees `User`, the server also `SecureSessionData`. */
declare module '#auth-utils' {
  interface User {
    id: string
    pizzeria: string
    role: 'counter' | 'manager' | 'kitchen'
    name: string
    kind: 'staff' | 'screen'
  }
  /** The session's id in the database; sealed in the cookie, never told to the page. */
  interface SecureSessionData {
    session: string
    /** Sessions of the same person at other pizzerias, to which the page may switch. */
    others?: string[]
  }
}

export {}
