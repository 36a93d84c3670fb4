import { z } from 'zod'

/**
 * How an order reaches its customer. Everything that depends on it is a `Record` over it or a `switch` that ends in
 * `never`, so that the compiler names every place that a new mode needs.
 */
export const modes = ['pickup', 'table'] as const
export type Mode = (typeof modes)[number]
export const mode = z.enum(modes)

/** Whether an order of this mode names the table where it is eaten. */
export const needsTable: Record<Mode, boolean> = { pickup: false, table: true }
