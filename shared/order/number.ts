import type { Order } from './order.ts'

/** The number as people see and say it: `42`, or `T1` in a rehearsal, which has its own numbers. */
export const numberOf = ({ number, test }: Pick<Order, 'number' | 'test'>) => (test ? `T${number}` : String(number))
