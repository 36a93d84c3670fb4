import { createClient, createCluster } from 'redis'
import type { OpenCarrier } from './bus.ts'

/** The whole order of a busy evening fits; Redis itself takes far more. */
const maxBytes = 32 * 1024
/** A frozen Redis is found out within this, ms. */
const silenceMs = 2000

/**
 * Redis as the doorbell, with Pub/Sub; where it is a cluster, with sharded Pub/Sub, so that a word goes to the one node
 * that holds the channel. `url`: `redis://…` or `rediss://…`; a cluster is found out by asking.
 */
export const openRedis =
  (url: string): OpenCarrier =>
  (channel, hear, failed = () => {}) => {
    let closed = false
    let line: Line | null = null
    let timer: NodeJS.Timeout | undefined
    const tell = (error: unknown) => closed || failed(error)

    async function connect() {
      try {
        line = await openLine(url, channel, hear, tell)
      } catch (error) {
        tell(error)
        if (!closed) timer = setTimeout(connect, 500)
        return
      }
      if (closed) return void line.close()
      hear(null)
    }
    void connect()

    return {
      maxBytes,
      async send(word) {
        if (!line) throw new Error('Redis is not connected.')
        await line.send(word)
      },
      async close() {
        closed = true
        clearTimeout(timer)
        line?.close()
      },
    }
  }

type Hear = (word: string | null) => void
type Failed = (error: unknown) => void

interface Line {
  send(word: string): Promise<unknown>
  close(): void
}

const options = (url: string) => ({
  url,
  // What cannot be sent now is of no use later: who missed it has read the log by then.
  disableOfflineQueue: true,
  commandsQueueMaxLength: 1000,
  pingInterval: silenceMs / 2,
  socket: { connectTimeout: silenceMs, socketTimeout: silenceMs, reconnectStrategy: () => 250 },
})

async function openLine(url: string, channel: string, hear: Hear, failed: Failed): Promise<Line> {
  const sender = createClient(options(url))
  // Without a listener an error of the socket would end the process; it reconnects by itself.
  sender.on('error', failed)
  try {
    await connectWithin(sender)
    const isCluster = /cluster_enabled:1/.test(await sender.info('cluster'))
    if (isCluster) {
      sender.destroy()
      return await openShard(url, channel, hear, failed)
    }
    const listener = createClient(options(url))
    listener.on('error', failed)
    try {
      await connectWithin(listener)
      await listener.subscribe(channel, hear)
    } catch (error) {
      listener.destroy()
      throw error
    }
    // From the second time on: it subscribes again by itself.
    listener.on('ready', () => hear(null))
    return {
      send: (word) => sender.publish(channel, word),
      close() {
        sender.destroy()
        listener.destroy()
      },
    }
  } catch (error) {
    if (sender.isOpen) sender.destroy()
    throw error
  }
}

async function openShard(url: string, channel: string, hear: Hear, failed: Failed): Promise<Line> {
  const cluster = createCluster({ rootNodes: [{ url }], defaults: options(url) })
  cluster.on('error', failed)
  cluster.on('node-error', failed)
  try {
    await cluster.connect()
    await cluster.sSubscribe(channel, hear)
  } catch (error) {
    cluster.destroy()
    throw error
  }
  // From the second time on, as above.
  cluster.on('node-ready', () => hear(null))
  return { send: (word) => cluster.sPublish(channel, word), close: () => cluster.destroy() }
}

/** Its own strategy tries for ever; a first line that does not come up is tried anew. */
async function connectWithin(client: { connect(): Promise<unknown> }) {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Redis does not answer.')), silenceMs)
  })
  try {
    await Promise.race([client.connect(), late])
  } finally {
    clearTimeout(timer)
  }
}
