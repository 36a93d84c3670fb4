import type { Tx } from '../../../db/store.ts'
import type { CloseCode } from '../../../shared/live/close-codes.ts'
import type { LogEvent } from '../../../shared/live/events.ts'
import type { WireEvent } from '../../../shared/live/messages.ts'
import type { Stream } from '../../../shared/live/streams.ts'
import type { Session } from '../../../shared/staff/session.ts'

/** Which stream of its kind: the key in its name, and the pizzeria whose log holds its events. */
export interface StreamRef {
  key: string
  pizzeria: string
}

export type Grant =
  | { outcome: 'granted'; pizzeria: string }
  /** 4401 sign in, 4403 forbidden, 4404 no such stream: also the HTTP status, with 4000 taken off. */
  | { outcome: 'refused'; code: Extract<CloseCode, 4401 | 4403 | 4404> }

/** Where a stream's events come from, and how it counts them. Positions count up by one, without holes (LOG-2). */
export interface Feed {
  /** The newest position, and the oldest that can still be read; `position + 1` when none can. */
  head(tx: Tx, ref: StreamRef): Promise<{ position: number; oldest: number }>
  /** Events after a position, in order, at most `limit`. */
  eventsAfter(tx: Tx, ref: StreamRef, position: number, limit: number): Promise<LogEvent[]>
  /** Whether an event of the pizzeria belongs to this stream. Made once for a stream, asked for each event. */
  concerns(ref: StreamRef): (event: LogEvent) => boolean
  /** The event's position in this stream's own terms. MUST NOT throw: it is all that is sent of an event that does. */
  positionOf(event: LogEvent): number
}

/**
 * What a kind of stream is: the one file that the hub, the channels, the connections and the handlers know it by. They
 * know no audience by name.
 */
export interface StreamKind<State = unknown> extends Feed {
  /** Who may open it; decided here for snapshot, log, WebSocket and SSE alike. */
  authorise(tx: Tx, key: string, session: Session | null): Promise<Grant>
  /** The state, and the position that it is true at. `now` in ms. */
  snapshot(tx: Tx, ref: StreamRef, now: number): Promise<{ position: number; state: State }>
  /** What may be seen of an event: allow-lists only. It may throw on a row that it cannot read (see `project.ts`). */
  project(event: LogEvent): WireEvent
  /** Its channel stays, with its buffer, when nobody listens. For the few streams that a pizzeria always has. */
  readonly stays: boolean
  /** What is behind is read with `eventsAfter`, never sent from the buffer: it says less of the past than of now. */
  readonly pastFromLog?: boolean
  /** Who has it open may say what they have painted, and how they are (DSP-1). */
  readonly provesDisplay: boolean
  /** Nothing in its snapshot is anybody's own: it may be kept, and is asked for again each time. */
  readonly isPublic?: boolean
  /** Whether nothing will come after this position, ever. */
  isOver(tx: Tx, ref: StreamRef, position: number): Promise<boolean>
}

/** A stream that was opened by somebody who may. */
export interface OpenStream extends Stream, StreamRef {
  kind: StreamKind
}
