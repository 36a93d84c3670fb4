/** What somebody who signed in may do; who may do what stands beside each command. */
export const roles = ['kitchen', 'counter', 'manager'] as const
export type Role = (typeof roles)[number]
