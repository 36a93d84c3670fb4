import type { Tx } from '../store.ts'
import type { Connection } from './connection.ts'
import type { PostgresTransaction } from './transaction.ts'
import { causeOf, Lost, translate } from './troubles.ts'

export interface Reader {
  connection: Connection
  transaction: Pick<PostgresTransaction, 'tx' | 'beginReading' | 'commit'>
}

/** Each read in a transaction of its own that sees one moment and cannot write; one at a time on each connection. */
export function createReaders(readers: Reader[]) {
  const free = [...readers]
  const waiting: { take(reader: Reader): void; refuse(error: unknown): void }[] = []

  const take = () =>
    new Promise<Reader>((resolve, reject) => {
      const reader = free.pop()
      if (reader) resolve(reader)
      else waiting.push({ take: resolve, refuse: reject })
    })
  function give(reader: Reader) {
    const next = waiting.shift()
    if (next) next.take(reader)
    else free.push(reader)
  }

  async function once<T>({ connection, transaction }: Reader, work: (tx: Tx) => Promise<T>): Promise<T> {
    await connection.open()
    try {
      transaction.beginReading()
      const result = await work(transaction.tx)
      // Nothing depends on how it ends: whoever reads next is behind it.
      transaction.commit().catch(() => {})
      return result
    } catch (error) {
      if (connection.alive) await connection.run('ROLLBACK').catch(() => connection.abandon())
      throw error
    }
  }

  async function read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const reader = await take()
    try {
      return await once(reader, work).catch(async (error: unknown) => {
        const cause = causeOf(error)
        if (!(cause instanceof Lost) || cause.silent) throw error
        return await once(reader, work)
      })
    } catch (error) {
      const cause = causeOf(error)
      if (cause instanceof Lost) for (const other of waiting.splice(0)) other.refuse(translate(cause))
      throw translate(error)
    } finally {
      give(reader)
    }
  }

  return {
    read,
    /** Resolves when every reader that waits has been answered. */
    async idle() {
      const all = await Promise.all(readers.map(take))
      all.forEach(give)
    },
  }
}
