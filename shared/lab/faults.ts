import { formatCursor } from '../live/cursor.ts'
import type { LiveIo, Pipe, PipeHandlers, Socket } from '../live/client/types.ts'
import type { FaultName } from './switches.ts'

/** What happened on a lane's lines, for people to read. `line`: to the line itself. */
export interface Note {
  at: number
  way: 'down' | 'up' | 'line'
  text: string
  fate: 'passed' | 'late' | 'doubled' | 'lost'
}

/** How late a frame is where everything is late, and at most where frames overtake each other, ms. */
const [delayMs, reorderMs] = [2_000, 1_500]
/** How many frames are lost, doubled or held back, where some are. */
const shares = { drop: 0.2, double: 0.35, reorder: 0.35 } as const
/** With these a line is opened: without them there is nothing to lose yet. */
const firstFrames = 3
/** How long the far end is away at a restart, ms. */
const restartMs = 2_000
/** A refusal takes a moment, ms. */
const refusedMs = 150

type Handlers = PipeHandlers & { open?(): void }
type Ground = Pick<LiveIo, 'now' | 'random' | 'setTimer' | 'clearTimer'>

/** All lines of one lane, and what is wrong with them. */
export function createFaultyLane(io: Ground, note: (note: Note) => void) {
  const faults = new Set<FaultName>()
  const lines = new Set<{ kill(): void; end(code: number): void; restart(): void }>()
  let awayUntil = 0
  let isOver = false

  const say = (way: Note['way'], text: string, fate: Note['fate'] = 'passed') => note({ at: io.now(), way, text, fate })
  const some = (fault: keyof typeof shares) => faults.has(fault) && io.random() < shares[fault]
  const isAway = () => faults.has('cut') || io.now() < awayUntil
  const wait = (ms: number) => new Promise<void>((resolve) => void io.setTimer(resolve, ms))
  const network = () => new Error('network')

  /** A line as it would be over this lane. `farewell`: what our own server says before it restarts. */
  function line<H extends Handlers>(open: (handlers: H) => Pipe | Socket, handlers: H, farewell?: string): Socket {
    let over = false
    /** Half-open: the far end is gone, and nobody has said so. It never comes back. */
    let dead = faults.has('freeze')
    let inner: Pipe | Socket | null = null
    let last = 0
    let frames = 0
    const close = () => {
      over = true
      lines.delete(me)
      inner?.close()
    }
    const me = {
      kill: () => void (dead = true),
      end(code: number) {
        if (over) return
        close()
        say('line', `closed ${code}`)
        io.setTimer(() => isOver || handlers.closed(code), 0)
      },
      /** A dead line brings no farewell either. */
      restart() {
        if (dead || over) return
        if (farewell === undefined) return me.end(1006)
        say('down', farewell)
        handlers.message(farewell)
        me.end(1012)
      },
    }
    function down(text: string) {
      if (over) return
      frames += 1
      if (dead || (frames > firstFrames && some('drop'))) return say('down', text, 'lost')
      const copies = some('double') ? 2 : 1
      for (let copy = 1; copy <= copies; copy++) {
        const held = (faults.has('delay') ? delayMs : 0) + (some('reorder') ? io.random() * reorderMs : 0)
        const due = faults.has('reorder') ? io.now() + held : Math.max(last, io.now() + held)
        last = Math.max(last, due)
        say('down', text, copy > 1 ? 'doubled' : due > io.now() ? 'late' : 'passed')
        if (due <= io.now()) handlers.message(text)
        else io.setTimer(() => !over && !dead && handlers.message(text), due - io.now())
        if (over) return
      }
    }

    if (isAway()) {
      say('line', 'no connection')
      io.setTimer(() => over || isOver || handlers.closed(1006), refusedMs)
      return { send() {}, close: () => void (over = true) }
    }
    lines.add(me)
    say('line', dead ? 'opening, and nobody answers' : 'opening')
    if (!dead)
      inner = open({
        ...handlers,
        open: () => over || dead || handlers.open?.(),
        message: down,
        // Half-open: the close does not come through either.
        closed: (code) => dead || me.end(code),
      })
    return {
      send(text) {
        if (over) return
        say('up', text, dead ? 'lost' : 'passed')
        if (!dead && inner && 'send' in inner) inner.send(text)
      },
      close,
    }
  }

  /** A request over this lane; rejects where there is no network, and never ends where nobody answers. */
  async function ask<T>(what: string, run: () => Promise<T>, describe: (answer: T) => string): Promise<T> {
    if (isAway() || some('drop')) {
      say('up', what, 'lost')
      await wait(refusedMs)
      throw network()
    }
    const never = new Promise<never>(() => {})
    say('up', what, faults.has('freeze') ? 'lost' : 'passed')
    if (faults.has('freeze')) return never
    const answer = await run()
    if (faults.has('delay')) await wait(delayMs)
    if (faults.has('freeze')) return never
    if (isAway()) throw network()
    say('down', describe(answer), faults.has('delay') ? 'late' : 'passed')
    return answer
  }

  return {
    line,
    ask,
    has: (fault: FaultName) => faults.has(fault),
    set(fault: FaultName, isOn: boolean) {
      if (!isOn) return void faults.delete(fault)
      faults.add(fault)
      if (fault === 'cut') for (const one of [...lines]) one.end(1006)
      if (fault === 'freeze') for (const one of lines) one.kill()
    },
    /** The far end is away for two seconds. Our own server says so first. */
    restart() {
      awayUntil = io.now() + restartMs
      for (const one of [...lines]) one.restart()
    },
    close() {
      isOver = true
      for (const one of [...lines]) one.end(1000)
    },
    /** Lines that are open, dead ones too. */
    size: () => lines.size,
  }
}
export type FaultyLane = ReturnType<typeof createFaultyLane>

const farewell = JSON.stringify({ kind: 'bye', code: 1012, retryIn: 600 })

/** The live client's environment with a lane's faults in it. */
export const faultyIo = (io: LiveIo, lane: FaultyLane): LiveIo => ({
  ...io,
  openSocket: (handlers) => lane.line((wrapped) => io.openSocket(wrapped), handlers, farewell),
  openSse: (cursor, handlers) => lane.line((wrapped) => io.openSse(cursor, wrapped), handlers, farewell),
  snapshot: () =>
    lane.ask('GET snapshot', io.snapshot, (answer) =>
      answer.name === 'snapshot' ? `200 position ${answer.snapshot.position}` : answer.name,
    ),
  events: (after) =>
    lane.ask(
      `GET events after ${formatCursor(after)}`,
      () => io.events(after),
      (answer) => (answer.name === 'events' ? `200 ${JSON.stringify(answer.page)}` : answer.name),
    ),
})
