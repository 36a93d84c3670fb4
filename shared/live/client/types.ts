import { carrierKinds, type CarrierKind } from '../carrier.ts'
import type { Duty } from '../../order/duty.ts'
import type { ScreenReport } from '../../order/views.ts'
import type { EventPage, WireEvent, Snapshot, Up } from '../messages.ts'
import type { Cursor } from '../cursor.ts'

/** Our own, from the best to the last resort; see CLI-5. */
export const transports = ['websocket', 'sse', 'polling'] as const
export type OwnTransport = (typeof transports)[number]
export type Transport = OwnTransport | CarrierKind
export const isCarrier = (transport: Transport): transport is CarrierKind =>
  (carrierKinds as readonly string[]).includes(transport)

/** What a page may say about its connection. It may claim LIVE only in `live`, and with a frame younger than 12 s. */
export type LiveStatus =
  | { name: 'idle' }
  | { name: 'connecting'; transport: Transport; /** Failures so far. */ attempt: number }
  | { name: 'catching-up'; transport: Transport }
  | { name: 'live'; transport: Transport }
  | { name: 'waiting'; attempt: number; /** ms, the server's clock */ retryAt: number; reason: string }
  | { name: 'stopped'; /** From `close-codes.ts`: what the user must do. */ code: number }

/** `refused` is an HTTP status that refuses; `failed` is anything that may pass. */
export type Unanswered = { name: 'refused'; status: number } | { name: 'failed'; reason: string }
/** The answer to a request for a snapshot. */
export type Fetched = { name: 'snapshot'; snapshot: Snapshot } | Unanswered
/** The answer to a request for a page of the log. `lost`: it cannot be read from there (410), only a snapshot helps. */
export type FetchedEvents = { name: 'events'; page: EventPage } | { name: 'lost' } | Unanswered

export interface PipeHandlers {
  message(text: string): void
  /** The connection ended, whoever ended it. Browsers report 1006 for everything that was not a proper close. */
  closed(code: number): void
}
export interface Pipe {
  close(): void
}
export interface Socket extends Pipe {
  send(text: string): void
}

/** Where a page stands in the log. */
export interface Place {
  cursor(): Cursor | null
  /** Later events are here, the next one is missing. */
  hole(): boolean
}

/**
 * Everything outside that the client uses. An adapter MUST call handlers later, never from inside the opening call; it
 * MAY call them after `close()`, when nobody listens any more.
 */
export interface LiveIo {
  openSocket(handlers: PipeHandlers & { open(): void }): Socket
  /** The same messages as Server-Sent Events, from after the cursor. */
  openSse(cursor: Cursor, handlers: PipeHandlers): Pipe
  /** The installation's foreign carrier, where it has one; it speaks as a socket of ours does. */
  carrier?: {
    transport: CarrierKind
    open(place: Place, handlers: PipeHandlers & { open(): void }): Socket
  }
  /** MUST NOT come from a cache, like `events`. */
  snapshot(): Promise<Fetched>
  /** A page of the log after the cursor. */
  events(after: Cursor): Promise<FetchedEvents>
  /** Sends a message where there is no socket. True when the server accepted it. */
  post(name: 'shown' | 'report', body: object): Promise<boolean>
  /** ms, this machine's clock: it may be a day off, and may jump. */
  now(): number
  /** In [0, 1). */
  random(): number
  setTimer(run: () => void, ms: number): unknown
  clearTimer(timer: unknown): void
}

export interface LiveListeners {
  /** Drop what was shown and start with this. */
  reset(snapshot: Snapshot): void
  /**
   * The next event. Positions come one by one, each once, from the last reset. Without `type` there is nothing to see.
   */
  apply(event: WireEvent): void
  status(status: LiveStatus): void
  /** The server's clock minus this machine's, ms. */
  offset?(ms: number): void
  /** The server runs a newer build than this page. */
  build?(build: string): void
  /** `apply` or `reset` threw. The client takes a fresh snapshot; this is for logging. */
  fault?(error: unknown): void
}

export interface LiveOptions {
  stream: string
  /** The page's position, from the snapshot that it was rendered with; null: take a snapshot. */
  cursor: Cursor | null
  /** The `now` of that snapshot, ISO 8601 UTC. */
  renderedAt?: string
  /** A kitchen screen's own id. */
  device?: string
  /** This page's build. */
  build?: string
  /** Which of our own transports are used, the best first; without it, all. */
  ways?: readonly OwnTransport[]
  io: LiveIo
  on: LiveListeners
}

/** The orders painted on a screen, and the screen's duty. */
export interface Painted {
  orders: readonly string[]
  duty: Duty
}

export interface LiveClient {
  start(): void
  /** Ends for good: sockets and timers are closed, and no handler is called any more. */
  dispose(): void
  /** The page woke up (visible, focused, resumed): check the connection, or try at once. */
  wake(): void
  /** The network came back. */
  online(): void
  /** Everything up to here was painted on a visible page (DSP-1); `painted` names all that is on it now (DSP-4). */
  shown(position: number, painted?: Painted): void
  report(report: ScreenReport): void
  position(): number
  /** ms, the server's clock */
  serverNow(): number
  /** When the server was last heard: ms, the server's clock; 0 before that. */
  confirmedAt(): number
}

/** Why a link ended. */
export type End =
  | { name: 'cut'; reason: string }
  | { name: 'bye'; code: number; retryIn: number }
  | { name: 'stop'; code: number }
  /** The network is fine: open it again from the cursor. `hole`: because events were missing. */
  | { name: 'again'; hole: boolean }

/** One attempt at one transport, from opening to its end. */
export interface Link {
  transport: Transport
  phase(): 'opening' | 'catching-up' | 'live'
  wake(): void
  /** Does nothing where the transport cannot send. */
  send(message: Up): void
  /** After this the link calls nothing more, so a closed socket cannot disturb its successor. */
  close(): void
}
export interface LinkOwner {
  welcomed(link: Link): void
  changed(): void
  ended(link: Link, end: End): void
}
