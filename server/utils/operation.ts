import type { z } from 'zod'
import type { RejectionCode } from '../../shared/order/rejections.ts'
import type { Act } from '../../shared/staff/may.ts'

/** Who may call an operation. */
export type Caller =
  /** People of the pizzeria whose role may do this, by the table of `shared/staff/may.ts`. */
  | Act
  | 'anyone'
  /** Whoever is signed in, in any role, and paired screens. */
  | 'signed in'
  /** Whoever may open the stream of the address (`server/live/streams`). */
  | 'stream'
  /** Whoever has the secret part of the address: a tracking id, or the token of a setup or a pairing. */
  | 'link'
  /** Programs that sign with the secret of `COMANDA_PUSHER`. */
  | 'signature'
  /** The machine itself, or whoever has `COMANDA_METRICS_TOKEN`. */
  | 'operator'

/** The schema of JSON, the media type of anything else, or null for an answer without a body. */
export type Answer = z.ZodType | string | null

/** What `/openapi.json` says of a route. Its method and path are those of its file. */
export interface Operation {
  /** One short sentence, for the list of all operations. */
  summary: string
  who: Caller
  /** The schemas that the handler reads with. */
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  /** A body that the demo's pizzeria takes. */
  example?: unknown
  /** Whether the handler reads an `Idempotency-Key`. */
  key?: 'required' | 'optional'
  /** By status; where there are several, the request chooses one. */
  answers: Record<number, Answer | readonly Answer[]>
  /** Its own refusals, beside those that follow from the rest (`server/openapi/refusals.ts`). */
  errors?: readonly RejectionCode[]
}

/** Describes the route of the file it stands in, as its export `operation`. */
export const defineOperation = (operation: Operation) => operation
