/** What somebody who signed in may do; each command names the roles that may use it. */
export const roles = ['kitchen', 'counter', 'manager'] as const
export type Role = (typeof roles)[number]
