import { refusals } from '#shared/live/client/core'
import type { LiveIo, Pipe, PipeHandlers } from '#shared/live/client/types'
import { formatCursor, type Cursor } from '#shared/live/cursor'
import type { Down, WireEvent } from '#shared/live/messages'
import { openEventSource } from '~/composables/live/sse'
import { randomId } from '~/composables/randomId'

/**
 * What the tabs of one stream say to each other. Each `line` is a message of the server; `ask` is for the welcome that
 * opened the line, with the time of now.
 */
type Said = { name: 'line'; text: string } | { name: 'ask'; id: string } | { name: 'welcome'; to: string; text: string }

/** Lines of all tabs of this browser, at most: HTTP/1.1 has six connections to a host, and fetches need some. */
const maxLines = 4
/** How often a tab asks while nobody leads yet, ms. */
const askEveryMs = 500

/**
 * Server-Sent Events with one line per stream and browser: the tab that holds the lock leads, and the others listen to
 * it. Who joins catches up by itself first. When the leader's tab or line is gone, its lock is free: the others begin
 * again, and one of them leads. Where all lines are taken by other streams the opening fails, and the page polls.
 * Browsers have locks over HTTPS and on localhost alone: elsewhere each tab has a line of its own.
 */
export function openSharedSse(base: string, stream: string): LiveIo['openSse'] {
  const direct = openEventSource(base, stream)
  return (cursor, handlers) =>
    'locks' in navigator && 'BroadcastChannel' in window
      ? share({ base, stream, direct, cursor, handlers })
      : direct(cursor, handlers)
}

interface Shared {
  base: string
  stream: string
  direct: LiveIo['openSse']
  cursor: Cursor
  handlers: PipeHandlers
}

function share({ base, stream, direct, cursor, handlers }: Shared): Pipe {
  const { locks } = navigator
  const name = `comanda:sse:${base}${stream}`
  const channel = new BroadcastChannel(name)
  const over = new AbortController()
  const until = new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve()))
  let line: Pipe | null = null

  const say = (said: Said) => !over.signal.aborted && channel.postMessage(said)
  const hear = (text: string) => !over.signal.aborted && handlers.message(text)
  function close() {
    over.abort()
    line?.close()
    channel.close()
  }
  function fail(code: number) {
    if (over.signal.aborted) return
    close()
    handlers.closed(code)
  }

  /** Takes one of the browser's lines for as long as this tab leads; false when there is none. */
  async function takeLine(): Promise<boolean> {
    for (let line = 0; line < maxLines; line++) {
      const taken = await new Promise<boolean>((resolve) => {
        void locks.request(`comanda:sse-line:${line}`, { ifAvailable: true }, (lock) => {
          resolve(lock !== null)
          return lock ? until : undefined
        })
      })
      if (taken) return true
    }
    return false
  }

  async function lead() {
    if (!(await takeLine())) return fail(1006)
    if (over.signal.aborted) return
    let welcome: { message: Extract<Down, { kind: 'welcome' }>; at: number } | null = null
    channel.onmessage = ({ data }: MessageEvent<Said>) => {
      if (data.name !== 'ask' || !welcome) return
      const now = new Date(Date.parse(welcome.message.now) + Date.now() - welcome.at).toISOString()
      say({ name: 'welcome', to: data.id, text: JSON.stringify({ ...welcome.message, now }) })
    }
    line = direct(cursor, {
      message(text) {
        const message = JSON.parse(text) as Down
        if (message.kind === 'welcome') welcome = { message, at: Date.now() }
        say({ name: 'line', text })
        hear(text)
      },
      closed: fail,
    })
    await until
  }

  function follow() {
    const id = randomId()
    /** What the line says while this tab catches up; null once it has. */
    let early: string[] | null = []
    let isWelcome = false
    const asking = setInterval(() => say({ name: 'ask', id }), askEveryMs)
    void until.then(() => clearInterval(asking))
    channel.onmessage = async ({ data }: MessageEvent<Said>) => {
      if (data.name === 'line') return void (early ? early.push(data.text) : hear(data.text))
      if (data.name !== 'welcome' || data.to !== id || isWelcome) return
      isWelcome = true
      clearInterval(asking)
      hear(data.text)
      const found = await catchUp(base, stream, cursor)
      if (typeof found === 'number') return fail(found)
      for (const message of found) hear(JSON.stringify(message))
      for (const text of early ?? []) hear(text)
      early = null
    }
    say({ name: 'ask', id })
    // Granted when the leader is gone: everybody begins again.
    locks.request(name, { signal: over.signal }, () => fail(1006)).catch(() => {})
  }

  void locks.request(name, { ifAvailable: true }, (lock) => (lock ? lead() : void follow())).catch(() => fail(1006))
  return { close }
}

/** What came after the cursor, as a line of one's own would say it; a close code when that cannot be had. */
async function catchUp(base: string, stream: string, { epoch, position }: Cursor): Promise<Down[] | number> {
  try {
    const address = `${base}api/streams/${stream}/events?after=${formatCursor({ epoch, position })}`
    const response = await fetch(address, { cache: 'no-store' })
    if (response.status === 410) return [{ kind: 'resync', stream, reason: 'old' }]
    if (!response.ok) return refusals[response.status] ?? 1006
    const page = (await response.json()) as { events: WireEvent[]; position: number }
    return [
      { kind: 'joined', stream, epoch, position, head: page.position },
      { kind: 'events', stream, events: page.events },
    ]
  } catch {
    return 1006
  }
}
