import type { Tx } from '../../db/store.ts'
import type { LogEvent } from '../../shared/live/events.ts'
import type { Context } from '../context.ts'
import type { Project } from '../live/projector.ts'
import { lost } from '../live/unusable.ts'
import { beatsOf, messagesOf, movedOf, shortened, type CarrierMessage, type Naming } from './message.ts'
import type { Outlet } from './outlet.ts'

/** The name of the pump's cursors. */
const reader = 'carrier'
/** Events read at once. */
const pageSize = 50
/** A node that died gives up its place after this, ms. Two nodes at once cost messages that come twice, no more. */
const leaseMs = 10_000
const heartbeatMs = 10_000
/** The longest wait after refusals, ms; the first is half a second. */
const maxWaitMs = 30_000

export interface PumpGround extends Pick<Context, 'store' | 'clock' | 'uptime' | 'logger'> {
  project: Project
  outlet: Outlet
  /** What the names of the pizzeria's private channels end in now. */
  wordOf(tx: Tx, pizzeria: string, now: number): Promise<string>
  /** This node, among those that might pump. */
  node: string
  /** In [0, 1). */
  random: () => number
}

/** A pizzeria whose log this node publishes. */
interface Place extends Naming {
  pizzeria: string
  position: number
  head: number
}

/**
 * Publishes the log to a carrier: each event at least once, in order, from a cursor that is a row of the database. When
 * the carrier does not take it, the pump waits and goes on from there; nobody else notices.
 */
export function createPump({ store, clock, uptime, logger, project, outlet, wordOf, node, random }: PumpGround) {
  let failures = 0
  let notBefore = 0
  /** When each pizzeria's heads were last said, by `uptime`. */
  const beatAt = new Map<string, number>()
  /** The names in use, to tell those who listen when they change. */
  const words = new Map<string, string>()
  let running: Promise<void> | null = null
  let again = false

  /** After a commit, and each second. Returns when all has been published, or has to wait. */
  function pump(): Promise<void> {
    again = true
    running ??= (async () => {
      while (again && uptime() >= notBefore) {
        again = false
        await round()
      }
    })()
      .catch((error) => logger.error({ err: error }, 'the pump to the carrier failed'))
      .finally(() => {
        running = null
      })
    return running
  }

  async function round() {
    const heads = await store.read((tx) => tx.heads())
    for (const { pizzeria } of heads) {
      const place = (await store.read((tx) => look(tx, pizzeria))) ?? (await store.write(pizzeria, claim(pizzeria)))
      if (place && !(await serve(place))) return
    }
  }

  /** Where this node goes on from; null when it has to write first, or another node has the place. */
  async function look(tx: Tx, pizzeria: string): Promise<Place | null> {
    const row = await tx.cursor(reader, pizzeria)
    const log = await tx.head(pizzeria)
    if (!row || !log) return null
    const epoch = await tx.epoch()
    const isMine = row.holder === node && row.heldUntil - clock() > leaseMs / 2
    if (!isMine || lost(row, { epoch, head: log.position, oldest: log.oldest })) return null
    const word = await wordOf(tx, pizzeria, clock())
    return { pizzeria, epoch, word, position: row.position, head: log.position }
  }

  /** Takes the place, or takes it for longer; null when another node has it. The first of all begins at the head. */
  const claim = (pizzeria: string) => async (tx: Tx) => {
    const row = await tx.cursor(reader, pizzeria)
    const log = await tx.head(pizzeria)
    const now = clock()
    if (!log || (row && row.holder !== node && row.heldUntil > now)) return null
    const epoch = await tx.epoch()
    const goesOn = row && !lost(row, { epoch, head: log.position, oldest: log.oldest })
    const position = goesOn ? row.position : log.position
    await tx.keepCursor({ reader, pizzeria, epoch, position, holder: node, heldUntil: now + leaseMs })
    return await look(tx, pizzeria)
  }

  /** Publishes all that is new of a pizzeria; false when the carrier does not take it. */
  async function serve(place: Place): Promise<boolean> {
    const { pizzeria, word } = place
    const before = words.get(pizzeria)
    if (before !== undefined && before !== word && !(await publish(movedOf(pizzeria, before)))) return false
    words.set(pizzeria, word)
    return (await follow(place)) && (await beat(place))
  }

  async function follow({ pizzeria, position, head, ...naming }: Place): Promise<boolean> {
    for (let at = position; at < head;) {
      const events = await store.read((tx) => tx.eventsAfter(pizzeria, at, pageSize))
      if (events.length === 0) return true
      const sent = await publishEvents(naming, events)
      if (sent !== null) await keep(pizzeria, naming.epoch, sent)
      if (sent !== events.at(-1)!.position) return false
      at = sent
    }
    return true
  }

  const keep = (pizzeria: string, epoch: string, position: number) =>
    store.write(pizzeria, async (tx) => {
      const row = await tx.cursor(reader, pizzeria)
      // Another node has taken over meanwhile, and may be further.
      if (row && row.holder !== node) return
      await tx.keepCursor({ reader, pizzeria, epoch, position, holder: node, heldUntil: clock() + leaseMs })
    })

  /** Serially, as many in one request as the carrier takes. Returns the last position that is out whole, or null. */
  async function publishEvents(naming: Naming, events: LogEvent[]): Promise<number | null> {
    let done: number | null = null
    let waiting: CarrierMessage[] = []
    for (const [index, event] of events.entries()) {
      const messages = messagesOf(project, naming, event)
      if (waiting.length + messages.length > outlet.batch && waiting.length > 0) {
        if (!(await publish(waiting))) return done
        done = events[index - 1]!.position
        waiting = []
      }
      waiting.push(...messages)
    }
    return (await publish(waiting)) ? events.at(-1)!.position : done
  }

  async function publish(messages: CarrierMessage[]): Promise<boolean> {
    for (let at = 0; at < messages.length; at += outlet.batch)
      if (!(await publishBatch(messages.slice(at, at + outlet.batch)))) return false
    failures = 0
    return true
  }

  /** What is too large together goes one by one, and what is too large alone goes as its position. */
  async function publishBatch(batch: CarrierMessage[]): Promise<boolean> {
    const published = await outlet.publish(batch)
    if (published.outcome === 'sent') return true
    if (published.outcome === 'failed') return wait(published)
    if (batch.length > 1) {
      for (const one of batch) if (!(await publishBatch([one]))) return false
      return true
    }
    const short = await outlet.publish(batch.map(shortened))
    return short.outcome === 'sent' || wait(short)
  }

  function wait(published: object): false {
    failures += 1
    const waitMs = Math.min(maxWaitMs, 500 * 2 ** (failures - 1)) * (0.5 + random() / 2)
    notBefore = uptime() + waitMs
    logger.warn({ ...published, failures, waitMs: Math.round(waitMs) }, 'the carrier did not take what was sent')
    return false
  }

  /** Says the heads, so that a client finds out that the last event got lost. */
  async function beat({ pizzeria, ...naming }: Place): Promise<boolean> {
    const since = uptime() - (beatAt.get(pizzeria) ?? -Infinity)
    if (since < heartbeatMs) return true
    beatAt.set(pizzeria, uptime())
    return await publish(await store.read((tx) => beatsOf(tx, naming, pizzeria, clock())))
  }

  return { pump }
}
