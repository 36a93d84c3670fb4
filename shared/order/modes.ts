import { z } from 'zod'

/**
 * How an order reaches its customer. Everything that depends on it is a `Record` over it or a `switch` that ends in
 * `never`, so that the compiler names every place that a new mode needs.
 */
export const mode = z.enum(['pickup', 'table'])
export type Mode = z.infer<typeof mode>
export const modes = mode.options

/** Whether an order of this mode names the table where it is eaten. */
export const needsTable: Record<Mode, boolean> = { pickup: false, table: true }
