import { readNews, writeNews, type News } from './news.ts'

/**
 * What carries words between the nodes of one installation. A nudge and nothing more: it MAY lose, double and delay
 * (SRV-4), it MUST NOT hand on what others have not sent, and its trouble MUST stay its own: it connects by itself,
 * again and again, and tells `hear` of a new line with `null`, because words may have gone by meanwhile.
 */
export interface Carrier {
  /** The longest word it takes, bytes. */
  readonly maxBytes: number
  /** Rejects when the word could not be sent, soon also when the other end is frozen. */
  send(word: string): Promise<unknown>
  close(): Promise<void>
}
/**
 * `channel`: the installation's own; others may use the same server. Connects in the background. `failed`: there is no
 * line, or no more, and why; it is called with each try.
 */
export type OpenCarrier = (
  channel: string,
  hear: (word: string | null) => void,
  failed?: (error: unknown) => void,
) => Carrier

export interface Bus {
  /** Tells the other nodes. Returns at once, whatever the carrier does: nobody waits for it. */
  publish(news: News): void
  close(): Promise<void>
}

export interface BusOptions {
  open: OpenCarrier
  channel: string
  /** A random name of this node: it does not hear itself. */
  node: string
  /** What other nodes say. */
  hear(news: News): void
  /** A new line: what was said meanwhile is lost. */
  missed(): void
  /** Counts words that could not be sent or read. */
  lost(): void
  /** Once for each time that the line is gone, and why. */
  failed?(error: unknown): void
}

/** So many words may be on their way; more would be kept for a carrier that is frozen. */
const maxUnderWay = 1000

/** All that is published in one turn of the event loop leaves together. */
export function createBus({ open, channel, node, hear, missed, lost, failed }: BusOptions): Bus {
  let isDown = false
  const carrier = open(
    channel,
    (word) => {
      if (word === null) {
        isDown = false
        return missed()
      }
      const read = readNews(word)
      if (!read) return lost()
      if (read.node !== node) hear(read.news)
    },
    (error) => {
      if (!isDown) failed?.(error)
      isDown = true
    },
  )
  let waiting: News[] = []
  let underWay = 0

  function flush() {
    const all = waiting
    waiting = []
    for (const word of writeNews(node, all, carrier.maxBytes)) {
      if (underWay >= maxUnderWay) {
        lost()
        continue
      }
      underWay += 1
      carrier
        .send(word)
        .catch(lost)
        .finally(() => (underWay -= 1))
    }
  }

  return {
    publish(news) {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push(news)
    },
    close: () => carrier.close(),
  }
}
