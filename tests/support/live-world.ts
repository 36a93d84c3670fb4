import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedDemo } from '../../db/demo/seed.ts'
import type { Session } from '../../shared/staff/session.ts'
import type { LogEvent } from '../../shared/live/events.ts'
import { eventsAfter } from '../../server/live/catch-up.ts'
import { tryOpen } from '../../server/live/open-stream.ts'
import { takeSnapshot } from '../../server/live/take-snapshot.ts'
import { changeOrder } from '../../server/orders/change.ts'
import { placeOrder } from '../../server/orders/place.ts'
import { setAvailability } from '../../server/menu/availability.ts'
import { startSession } from '../../server/staff/sessions.ts'
import type { Fetched, FetchedEvents, LiveIo, Transport } from '../../shared/live/client/types.ts'
import { formatCursor } from '../../shared/live/cursor.ts'
import type { Snapshot } from '../../shared/live/messages.ts'
import { parseStream } from '../../shared/live/streams.ts'
import { placeInput, type OrderState } from '../../shared/order/order.ts'
import { Rejected, rejections } from '../../shared/order/rejections.ts'
import { createFakeClock } from './fake-clock.ts'
import type { Attempt } from './load.ts'
import { openPipe, type LineFaults, type LivePipe } from './live-pipe.ts'
import { openReader, type Reader } from './live-reader.ts'
import { startNode, type LiveNode } from './live-node.ts'
import { openDatabase } from './watching.ts'

const pizzeria = 'napoli'
const input = placeInput.parse({
  mode: 'pickup',
  customer: { name: 'Ada Lovelace', phone: '+33612345678' },
  lines: [{ item: 'margherita', size: 'medium', quantity: 1 }],
  total: 950,
})

/** What doorbells between nodes may do (chances in [0, 1]), and for how long they are on their way (ms). */
export interface BellFaults {
  lose: number
  double: number
  delay: number
}

/** A client of the world: the real live client, its line, and who is signed in at it. */
export interface WorldClient {
  reader: Reader
  line: LineFaults
  pipes: Set<LivePipe>
  dead: Set<Transport>
  session: Session | null
  signIn(): Promise<void>
}

/**
 * Real nodes on one real database file, real live clients, and lines and doorbells that fail as the test says, all in
 * this process and on a clock that the test moves. `random` decides who talks to which node and what becomes of a
 * doorbell.
 */
export async function openWorld(random: () => number, nodeCount: number) {
  const clock = createFakeClock()
  const folder = mkdtempSync(join(tmpdir(), 'comanda-world-'))
  const file = join(folder, 'comanda.db')
  const backup = join(folder, 'backup.db')
  const bells: BellFaults = { lose: 0, double: 0, delay: 0 }
  const nodes: LiveNode[] = []
  const clients: WorldClient[] = []
  let attempts: Attempt[] = []
  let saved: Attempt[] | null = null
  /**
   * Keys are good for a day and the log is kept for a week: those from before the last retention are not used again.
   */
  let forgotten = 0
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!

  /** The node's own hub hears at once, the others as it happens. */
  function bell(from: LiveNode, events: LogEvent[], epoch: string) {
    for (const node of nodes) {
      if (node === from && random() >= bells.lose / 2) node.hub.ring(events, epoch)
      else if (node !== from && random() >= bells.lose)
        for (let copies = random() < bells.double ? 2 : 1; copies > 0; copies--)
          clock.setTimer(() => {
            if (nodes.includes(node)) node.hub.ring(events, epoch)
          }, random() * bells.delay)
    }
  }
  const start = async () => void nodes.push(await startNode({ file, clock, bell }))
  await start()
  await nodes[0]!.store.write(null, (tx) => seedDemo(tx, 'no pin'))
  while (nodes.length < nodeCount) await start()

  /** Everything that the nodes do by themselves has been done. */
  async function settle() {
    for (let round = 0; round < 2; round++) {
      for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve))
      for (const node of nodes) await node.store.read(async () => {})
    }
  }
  async function pass(ms: number) {
    for (const end = clock.now() + ms; clock.now() < end;) {
      const second = Math.floor(clock.now() / 1000)
      await clock.advance(Math.min(250, end - clock.now()))
      if (Math.floor(clock.now() / 1000) > second) for (const node of [...nodes]) await node.tick()
      await settle()
    }
  }

  async function snapshotOf(stream: string, session: Session | null, node = pick(nodes)): Promise<Snapshot | number> {
    return await node.store.read(async (tx) => {
      const parsed = parseStream(stream)!
      const opening = await tryOpen(
        tx,
        parsed,
        session && (await tx.liveSession(session.id, clock.now())) ? session : null,
      )
      return opening.outcome === 'refused'
        ? opening.code - 4000
        : await takeSnapshot(tx, opening.stream, clock.now(), 'build')
    })
  }

  function ioOf(client: WorldClient, stream: string): LiveIo {
    const open = (
      handlers: Parameters<LiveIo['openSocket']>[0] | Parameters<LiveIo['openSse']>[1],
      over: Parameters<typeof openPipe>[1],
    ) => {
      if (nodes.length === 0 || client.dead.has(over.transport)) {
        clock.setTimer(() => handlers.closed(1006), 10)
        return { send() {}, close() {} }
      }
      const pipe = openPipe({ clock, node: pick(nodes), session: client.session, faults: client.line, handlers }, over)
      client.pipes.add(pipe)
      if ('open' in handlers) clock.setTimer(handlers.open, 20)
      return {
        send: pipe.say,
        close() {
          client.pipes.delete(pipe)
          pipe.leave()
        },
      }
    }
    return {
      openSocket: (handlers) => open(handlers, { transport: 'websocket' }),
      openSse: (cursor, handlers) =>
        open(handlers, { transport: 'sse', stream: parseStream(stream)!, after: formatCursor(cursor) }),
      async snapshot(): Promise<Fetched> {
        if (nodes.length === 0) return { name: 'failed', reason: 'no node' }
        const found = await snapshotOf(stream, client.session)
        return typeof found === 'number'
          ? { name: 'refused', status: found }
          : { name: 'snapshot', snapshot: structuredClone(found) }
      },
      async events(after): Promise<FetchedEvents> {
        if (nodes.length === 0) return { name: 'failed', reason: 'no node' }
        const { store, project } = pick(nodes)
        const { session: mine } = client
        const session = mine && (await store.read((tx) => tx.liveSession(mine.id, clock.now()))) ? mine : null
        try {
          const page = await eventsAfter({ store, project }, { stream: parseStream(stream), session, after })
          return { name: 'events', page: structuredClone(page) }
        } catch (error) {
          if (!(error instanceof Rejected)) throw error
          const { status } = rejections[error.code]
          return status === 410 ? { name: 'lost' } : { name: 'refused', status }
        }
      },
      post: async () => true,
      now: clock.now,
      random,
      setTimer: clock.setTimer,
      clearTimer: clock.clearTimer,
    }
  }

  const world = {
    clock,
    bells,
    nodes,
    clients,
    pass,
    settle,
    attempts: () => attempts,

    async join(stream: string) {
      const client: WorldClient = {
        line: { stalled: false, slow: 0, pulls: 0 },
        pipes: new Set(),
        dead: new Set(),
        session: null,
        reader: undefined as never,
        async signIn() {
          client.session = await nodes[0]!.store.write(pizzeria, (tx) =>
            startSession(tx, {
              pizzeria,
              kind: 'staff',
              role: 'manager',
              name: 'Rosa',
              screen: null,
              member: null,
              now: clock.now(),
            }),
          )
        },
      }
      if (/^(?:kitchen|counter)/.test(stream)) await client.signIn()
      client.reader = openReader({ url: '' }, stream, {
        io: ioOf(client, stream),
        device: stream.startsWith('kitchen') ? `device-${clients.length}-of-it` : undefined,
      })
      clients.push(client)
      return client
    },

    /** Places an order with a key of its own, or again with one that was used; answers the tracking id. */
    async place(again: number | null): Promise<string> {
      const attempt = (again !== null && attempts[forgotten + (again % Math.max(1, attempts.length - forgotten))]) || {
        key: randomUUID(),
        tries: 1,
        acked: null,
      }
      if (!attempts.includes(attempt)) attempts.push(attempt)
      const placed = await placeOrder(pick(nodes).context, { pizzeria, key: attempt.key, input, actor: 'manager' })
      if (attempt.acked && attempt.acked !== placed.order.id)
        throw new Error(`key ${attempt.key} was answered ${attempt.acked}, and then ${placed.order.id}`)
      attempt.acked = placed.order.id
      return placed.tracking
    },
    /** Moves an order that somebody else may have moved meanwhile; the rules may refuse it. */
    async move(which: number, to: OrderState, behind: number): Promise<void> {
      const acked = attempts.filter((attempt) => attempt.acked)
      if (acked.length === 0) return
      const id = acked[which % acked.length]!.acked!
      const order = await nodes[0]!.store.read((tx) => tx.order(id))
      const command = {
        name: 'move',
        to,
        ifVersion: Math.max(1, order!.version - behind),
        confirmUnpaid: true,
      } as const
      try {
        await changeOrder(pick(nodes).context, { id, pizzeria, command, actor: 'manager' })
      } catch (error) {
        if (!(error instanceof Rejected)) throw error
      }
    },
    sellOut: (available: boolean) =>
      setAvailability(pick(nodes).context, { pizzeria, kind: 'item', id: 'birra', available, actor: 'manager' }),
    ring: () => pick(nodes).display.ring(pizzeria),

    /** A node goes, with or without a word, and another comes in its place. */
    async restart(politely: boolean) {
      const node = pick(nodes)
      if (politely) node.drain(random)
      nodes.splice(nodes.indexOf(node), 1)
      for (const { pipes } of clients) for (const pipe of pipes) if (pipe.node === node) pipe.cut()
      await node.stop()
      await start()
    },
    /** Old events go. */
    async retain(keep: number) {
      forgotten = attempts.length
      await nodes[0]!.store.write(pizzeria, async (tx) => {
        const { position, oldest } = (await tx.head(pizzeria))!
        await tx.dropEventsBefore(pizzeria, clock.now() + 1, Math.max(0, position - oldest + 1 - keep))
      })
    },
    /** A copy of the database, as it is now. */
    save() {
      rmSync(backup, { force: true })
      const database = openDatabase(file)
      database.run('vacuum into ?', backup)
      database.close()
      saved = structuredClone(attempts)
    },
    /** The copy comes back under stopped nodes, with a new epoch: what was acknowledged since is lost. */
    async restore() {
      if (!saved) return
      const count = nodes.length
      for (const { pipes } of clients) for (const pipe of pipes) pipe.cut()
      for (const node of nodes.splice(0)) await node.stop()
      for (const tail of ['-wal', '-shm']) rmSync(`${file}${tail}`, { force: true })
      copyFileSync(backup, file)
      const database = openDatabase(file)
      database.newEpoch()
      database.close()
      attempts = structuredClone(saved)
      forgotten = attempts.length
      while (nodes.length < count) await start()
      // Who signed in since then is not signed in any more.
      for (const { session, signIn } of clients) if (session) await signIn()
    },
    /** The epoch changes under running nodes. */
    newEpoch() {
      const database = openDatabase(file)
      database.newEpoch()
      database.close()
    },
    async signOut({ session, reader, signIn, pipes }: WorldClient) {
      if (!session) return
      await nodes[0]!.store.write(pizzeria, (tx) => tx.endSession(session.id, clock.now()))
      await pass(6000)
      if ([...pipes].some((pipe) => !pipe.over()))
        reader.faults.push('still connected six seconds after the sign-out (SRV-7)')
      // On a slow line the client hears of it later, and without one when it asks for a snapshot.
      for (let seconds = 0; seconds < 90 && reader.status().name !== 'stopped'; seconds++) await pass(1000)
      await signIn()
      reader.client.start()
    },

    /** How a client differs from what the server would tell it now. */
    async differs({ reader, session }: WorldClient): Promise<string[]> {
      const now = await snapshotOf(reader.stream, session)
      if (typeof now === 'number') return [`${reader.stream} is refused with ${now}`]
      return reader.isLive() ? reader.differs(now) : [`${reader.stream} is ${reader.status().name}`]
    },
    async close() {
      for (const { reader } of clients) reader.close()
      for (const node of nodes.splice(0)) await node.stop()
      return { file, remove: () => rmSync(folder, { recursive: true, force: true }) }
    },
  }
  return world
}
export type World = Awaited<ReturnType<typeof openWorld>>
