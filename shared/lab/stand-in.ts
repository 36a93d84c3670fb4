import type { PipeHandlers, Socket } from '../live/client/types.ts'

/** What is published at the server, as it comes to this page. `data` is JSON. */
export interface Wire {
  /** Whoever listens hears what is published from now on. Returns how to leave. */
  listen(hear: (name: string, data: unknown) => void): () => void
  isUp(): boolean
  /** Called whenever the wire itself is cut. */
  onCut(run: () => void): () => void
}

type Open = (handlers: PipeHandlers & { open(): void }) => Socket

/**
 * Sockets to a server that is played in this page, where there is no real one. What it is told while nobody is
 * connected is gone, as at the real ones.
 */
function standIn(
  wire: Wire,
  setTimer: (run: () => void) => unknown,
  greet: (say: (text: string) => void) => {
    hear(name: string, data: unknown): void
    receive(text: string): void
  },
): Open {
  return (handlers) => {
    let isClosed = false
    const leaves: (() => void)[] = []
    const say = (text: string) => void setTimer(() => isClosed || handlers.message(text))
    function close() {
      isClosed = true
      leaves.forEach((leave) => leave())
    }
    function end() {
      if (isClosed) return
      close()
      handlers.closed(1006)
    }
    let server: ReturnType<typeof greet> | null = null
    setTimer(() => {
      if (isClosed) return
      if (!wire.isUp()) return end()
      leaves.push(wire.onCut(end))
      handlers.open()
      server = greet(say)
      leaves.push(wire.listen(server.hear))
    })
    return { send: (text) => isClosed || server?.receive(text), close }
  }
}

/** Redis behind a server that hands on what it hears. */
export const standInRedis = (wire: Wire, setTimer: (run: () => void) => unknown) =>
  standIn(wire, setTimer, (say) => ({
    hear: (name, data) => name === 'event' && say(JSON.stringify(data)),
    receive() {},
  }))

/** A server of the Pusher protocol, as far as a listener on a public channel meets it. */
export const standInPusher = (wire: Wire, setTimer: (run: () => void) => unknown) =>
  standIn(wire, setTimer, (say) => {
    const channels = new Set<string>()
    const frame = (event: string, data: object, channel?: string) =>
      say(JSON.stringify({ event, ...(channel && { channel }), data: JSON.stringify(data) }))
    frame('pusher:connection_established', { socket_id: '1.1', activity_timeout: 30 })
    return {
      hear(name, data) {
        for (const channel of channels) frame(name, data as object, channel)
      },
      receive(text) {
        const { event, data } = JSON.parse(text) as { event: string; data: { channel: string } }
        if (event === 'pusher:ping') frame('pusher:pong', {})
        if (event !== 'pusher:subscribe') return
        channels.add(data.channel)
        frame('pusher_internal:subscription_succeeded', {}, data.channel)
      },
    }
  })
