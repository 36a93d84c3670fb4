import { createConnection, type Connection, type ConnectionGround, type ConnectionOptions } from './connection.ts'

/** All live connections of this node, to end them by grant, by restart, or by address. */
export function createConnections(ground: ConnectionGround) {
  const { store, clock } = ground
  const all = new Set<Connection>()

  /** A new connection, kept until it closes. */
  function accept({ onClose, ...options }: ConnectionOptions): Connection {
    const connection = createConnection(ground, {
      ...options,
      onClose() {
        all.delete(connection)
        onClose?.()
      },
    })
    all.add(connection)
    return connection
  }

  /** A grant ends when its session does: signed out, expired, or its screen removed (SRV-7). */
  async function endRevoked() {
    const ids = [...new Set([...all].flatMap(({ session }) => (session ? [session.id] : [])))]
    if (ids.length === 0) return
    const ended = new Set(await store.read((tx) => tx.endedAmong(ids, clock())))
    if (ended.size > 0)
      for (const connection of [...all])
        if (connection.session && ended.has(connection.session.id)) connection.close(4401)
  }

  function tick() {
    const stamp = new Date(clock()).toISOString()
    for (const connection of [...all]) connection.tick(stamp)
  }

  /** Says goodbye to everybody; they come back spread over the load, 200 a second. */
  function drain(random: () => number) {
    const spreadMs = Math.max(1000, (all.size / 200) * 1000)
    for (const connection of [...all]) connection.drain(Math.round(random() * spreadMs))
  }

  return {
    accept,
    size: () => all.size,
    endRevoked,
    tick,
    drain,
  }
}
export type Connections = ReturnType<typeof createConnections>
