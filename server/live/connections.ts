import type { Context } from '../context.ts'
import type { Session } from '../../shared/staff/session.ts'
import type { Budgets } from '../budgets/budgets.ts'
import { budgets as table } from '../budgets/table.ts'
import { createConnection, type Connection, type ConnectionGround, type ConnectionOptions } from './connection.ts'

/** Whom a connection is counted for. */
export interface Line {
  by?: string
}

/** A live connection as this registry knows it, whatever it speaks. */
export interface LiveConnection {
  /** The sessions that it stands on. */
  sessions(): string[]
  /** One of its sessions has ended: it ends too. */
  revoke(): void
  /** About every second; `stamp` is the server's clock (ISO 8601). */
  tick(stamp: string): void
  /** The server restarts: says when to come back (ms), where it can, and ends. */
  drain(retryIn: number): void
}

export interface ConnectionsGround extends ConnectionGround, Pick<Context, 'trusted'> {
  /** Without budgets nothing is counted. */
  budgets?: Budgets
  /** Connections of one address that is not signed in. */
  perAddress?: number
}

/** All live connections of this node, so that they can be ended by grant, by restart or by address. */
export function createConnections({ budgets, perAddress = Infinity, ...ground }: ConnectionsGround) {
  const { store, clock, trusted } = ground
  const all = new Set<LiveConnection>()

  /** Registers a new connection until it closes. */
  function accept({ onClose, ...options }: Omit<ConnectionOptions, 'mayReplay'> & Line): Connection {
    const { by, session } = options
    const connection = createConnection(ground, {
      ...options,
      ...(budgets && by && !session && { mayReplay: (events) => budgets.mayReplay(by, events) }),
      onClose() {
        all.delete(connection)
        if (by) budgets?.hangUp(by)
        onClose?.()
      },
    })
    all.add(connection)
    return connection
  }

  /** Keeps a connection that was made elsewhere, until `leave`. It gives its line back itself, with `hangUp`. */
  function adopt(connection: LiveConnection): { leave(): void } {
    all.add(connection)
    return { leave: () => void all.delete(connection) }
  }

  /**
   * Asks for a connection, WebSocket or SSE. People who are signed in are counted by session and have their own room;
   * all others are counted by address. Returns null when there is no room. `accept` gives the place back when the
   * connection closes.
   */
  function pickUp(session: Session | null, address: string): Line | null {
    if (!budgets) return {}
    const by = session ? budgets.who('session', session.id) : budgets.who('address', address)
    return budgets.pickUp(by, session ? table.lines.perSession : perAddress) ? { by } : null
  }

  /** Ends the connections whose session has ended: signed out, expired, or its screen removed (SRV-7). */
  async function endRevoked() {
    const ids = [...new Set([...all].flatMap((connection) => connection.sessions()))]
    if (ids.length === 0) return
    const ended = new Set(await store.read((tx) => tx.endedAmong(ids, trusted.now())))
    if (ended.size > 0)
      for (const connection of [...all]) if (connection.sessions().some((id) => ended.has(id))) connection.revoke()
  }

  function tick() {
    const stamp = new Date(clock()).toISOString()
    for (const connection of [...all]) connection.tick(stamp)
  }

  /** Sends `bye` to everybody; they come back spread over time, 200 a second. */
  function drain(random: () => number) {
    const spreadMs = Math.max(1000, (all.size / 200) * 1000)
    for (const connection of [...all]) connection.drain(Math.round(random() * spreadMs))
  }

  return {
    accept,
    adopt,
    pickUp,
    size: () => all.size,
    endRevoked,
    tick,
    drain,
  }
}
export type Connections = ReturnType<typeof createConnections>
