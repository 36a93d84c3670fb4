import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { OpenCarrier } from './bus.ts'

/** NOTIFY takes less than 8,000 bytes. */
const maxBytes = 7900
const silenceMs = 2000

/**
 * PostgreSQL itself as the doorbell, for who has no Redis: LISTEN on one connection, NOTIFY on another, outside of any
 * order's transaction, because NOTIFY takes a lock of the whole database at its commit. One statement is under way at a
 * time and takes all that has gathered meanwhile.
 */
export const openNotify =
  (url: string): OpenCarrier =>
  (channel, hear, failed = () => {}) => {
    const name = `"${channel}"`
    let closed = false
    let sender: pg.Client | null = null
    let listener: pg.Client | null = null
    let waiting: { word: string; resolve(): void; reject(error: unknown): void }[] = []
    let sending = false

    async function connect() {
      const client = new pg.Client({
        connectionString: url,
        connectionTimeoutMillis: silenceMs,
        query_timeout: silenceMs,
        keepAlive: true,
        application_name: 'comanda bus',
      })
      client.on('error', () => {})
      try {
        await client.connect()
        return client
      } catch (error) {
        destroy(client)
        throw error
      }
    }

    /** Listens for ever; asks once in a while, because a frozen server says nothing. */
    async function listen() {
      while (!closed) {
        try {
          listener = await connect()
          const client = listener
          let alive = true
          client.on('end', () => (alive = false))
          client.on('notification', ({ payload }) => payload && hear(payload))
          await client.query(`LISTEN ${name}`)
          hear(null)
          while (alive && !closed) {
            await wait(silenceMs, undefined, { ref: false })
            if (alive) await client.query('')
          }
        } catch (error) {
          // Below it is tried again.
          if (!closed) failed(error)
        }
        if (listener) destroy(listener)
        listener = null
        if (!closed) await wait(250, undefined, { ref: false })
      }
    }
    void listen()

    async function sendAll() {
      sending = true
      while (waiting.length > 0) {
        const all = waiting
        waiting = []
        try {
          sender ??= await connect()
          await sender.query('SELECT pg_notify($1, word) FROM unnest($2::text[]) AS word', [
            channel,
            all.map(({ word }) => word),
          ])
          for (const { resolve } of all) resolve()
        } catch (error) {
          if (sender) destroy(sender)
          sender = null
          for (const { reject } of [...all, ...waiting.splice(0)]) reject(error)
        }
      }
      sending = false
    }

    return {
      maxBytes,
      send: (word) =>
        new Promise<void>((resolve, reject) => {
          if (closed) return reject(new Error('closed'))
          waiting.push({ word, resolve, reject })
          if (!sending) void sendAll()
        }),
      async close() {
        closed = true
        for (const client of [sender, listener]) if (client) destroy(client)
      },
    }
  }

function destroy(client: pg.Client) {
  ;(client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
}
