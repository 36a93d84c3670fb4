import type { LiveIo, PipeHandlers, Socket } from '../live/client/types.ts'
import { openPusherLine } from '../live/client/carrier/pusher.ts'
import type { WireEvent } from '../live/messages.ts'

/*
 * What most people write. They reconnect, and call it done: nobody asks what was sent meanwhile, because there is
 * nobody to ask.
 */

/** What a naive client knows of itself: the line, and nothing of the data. */
export type NaiveClaim = 'connecting' | 'connected'

export interface NaiveIo extends Pick<LiveIo, 'setTimer' | 'clearTimer'> {
  openSocket(handlers: PipeHandlers & { open(): void }): Socket
}
export interface NaiveOn {
  claims(claim: NaiveClaim): void
  /** Shown as it comes. */
  event(event: WireEvent): void
}

/** pusher-js waits so long before it connects again, whatever the reason (ms). */
const retryMs = 1_000
/** After this silence pusher-js sends a ping, and gives up after that much more (ms): a minute in all. */
const activityMs = 30_000

/** What an application would publish: nobody sends news without a content. */
const isNews = (event: WireEvent) => event.type !== undefined

/** Redis Pub/Sub, handed on to the browser: what is published while nobody listens is gone. */
export function openNaiveRedis(io: NaiveIo, on: NaiveOn): () => void {
  let over = false
  let socket: Socket | null = null
  function connect() {
    if (over) return
    on.claims('connecting')
    socket = io.openSocket({
      open: () => on.claims('connected'),
      message(text) {
        const event = JSON.parse(text) as WireEvent
        if (isNews(event)) on.event(event)
      },
      closed: () => {
        if (over) return
        on.claims('connecting')
        io.setTimer(connect, retryMs)
      },
    })
  }
  connect()
  return () => {
    over = true
    socket?.close()
  }
}

/** A Pusher channel as in every tutorial: `bind`, and show what comes. */
export function openNaivePusher(channel: string, io: NaiveIo, on: NaiveOn): () => void {
  let over = false
  let line: { ping(): void; close(): void } | null = null
  let watch: unknown = null

  function heard() {
    io.clearTimer(watch)
    watch = io.setTimer(() => {
      line?.ping()
      watch = io.setTimer(again, activityMs)
    }, activityMs)
  }
  function again() {
    io.clearTimer(watch)
    line?.close()
    if (over) return
    on.claims('connecting')
    watch = io.setTimer(connect, retryMs)
  }
  function connect() {
    if (over) return
    line = openPusherLine(
      { transport: 'pusher', url: '', channel },
      { openSocket: (_url, handlers) => io.openSocket(handlers), sign: async () => null },
      {
        open() {
          on.claims('connected')
          heard()
        },
        message(name, data) {
          heard()
          if (name === 'event' && isNews(data as WireEvent)) on.event(data as WireEvent)
        },
        pong: heard,
        closed: again,
      },
    )
    heard()
  }
  on.claims('connecting')
  connect()
  return () => {
    over = true
    io.clearTimer(watch)
    line?.close()
  }
}
