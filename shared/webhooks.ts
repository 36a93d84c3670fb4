import { z } from 'zod'
import { readUrl } from './url.ts'

/** What a webhook may be told of. `order.amended`: an order is no longer as it was told. */
export const hookTypes = ['order.placed', 'order.amended', 'order.ready', 'order.collected', 'order.cancelled'] as const
export type HookType = (typeof hookTypes)[number]

/** Webhooks of one pizzeria, at most. */
export const maxHooks = 10

/** What the manager writes down: an address outside, and what it wants to know. */
export const hookInput = z.strictObject({
  url: z
    .string()
    .max(500)
    .refine((value) => /^https?:$/.test(readUrl(value)?.protocol ?? ''))
    // What stands in an address is written into logs on the way.
    .refine((value) => (readUrl(value)?.username ?? '') === '' && (readUrl(value)?.hash ?? '') === ''),
  types: z
    .array(z.enum(hookTypes))
    .min(1)
    .transform((types) => hookTypes.filter((type) => types.includes(type))),
})
export type HookInput = z.infer<typeof hookInput>

/** `waiting`: to be sent, or sent again; `dead`: given up. */
export type DeliveryOutcome = 'waiting' | 'sent' | 'dead'

/** One message to a webhook, as the manager sees it. */
export interface DeliveryView {
  id: string
  type: HookType
  /** The order's number, as people say it. */
  number: number
  /** ISO 8601 UTC, as all times here */
  at: string
  outcome: DeliveryOutcome
  tries: number
  /** The last answer: an HTTP status, or why there was none. */
  answer: string | null
  /** When it is tried (again); null: it is not. */
  dueAt: string | null
}
export interface HookView {
  id: string
  url: string
  types: HookType[]
  createdAt: string
  /** The newest first. */
  deliveries: DeliveryView[]
}
