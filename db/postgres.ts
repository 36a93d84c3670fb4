import { createHash } from 'node:crypto'
import type { MigrationFiles } from './migrate.ts'
import { Connection } from './postgres/connection.ts'
import { createLane } from './postgres/lane.ts'
import { aloneLock, migratePostgres } from './postgres/migrate.ts'
import { createReaders } from './postgres/readers.ts'
import { transactionOn } from './postgres/transaction.ts'
import { translate } from './postgres/troubles.ts'
import type { Store } from './store.ts'

export interface PostgresOptions {
  /** `postgres://…`, of the primary, without a pooler that shares connections between transactions. */
  url: string
  migrations: MigrationFiles
  /** Most writers that share one flush. 1: one flush per writer. */
  batch?: number
  /** How long a lock of others is waited for, ms. */
  lockWaitMs?: number
  /** How long any other answer of the server is waited for, ms. */
  answerMs?: number
  /** Connections that write, each for its part of the pizzerias; and those that read. */
  lanes?: number
  readers?: number
}

/** Opens a PostgreSQL database, migrated. */
export async function openPostgres({
  url,
  migrations,
  batch = 128,
  lockWaitMs = 5000,
  answerMs = 3000,
  lanes = 4,
  readers = 4,
}: PostgresOptions): Promise<Store> {
  const all: Connection[] = []
  function connect(renewed?: () => void) {
    const connection = new Connection({ url, lockWaitMs, answerMs }, renewed)
    all.push(connection)
    return connection
  }
  /** A connection with all that can be asked on it. */
  function equip() {
    const connection: Connection = connect(() => transaction.forget())
    const transaction = transactionOn(connection)
    return { connection, transaction }
  }

  const first = connect()
  try {
    await migratePostgres(first, migrations)
  } catch (error) {
    throw Object.assign(
      new Error(`PostgreSQL at ${hostOf(url)} cannot be used: ${wordsOf(error).replace(/\.$/, '')}.`),
      { cause: error },
    )
  } finally {
    await first.close()
  }

  const judge = connect()
  const lane = (lock?: string) => createLane({ ...equip(), judge, batch, lockWaitMs, lock })
  const writers = Array.from({ length: lanes }, () => lane())
  /** What belongs to no pizzeria has a lane of its own: nobody's order waits for it. */
  const others = lane()
  const alone = lane(aloneLock)
  const reading = createReaders(Array.from({ length: readers }, equip))
  return {
    read: reading.read,
    write: (pizzeria, work) => (pizzeria === null ? others : writers[laneOf(pizzeria, lanes)]!).write(pizzeria, work),
    alone: (work) => alone.write(null, work),
    async close() {
      await Promise.all([...writers, others, alone].map((one) => one.idle()))
      await reading.idle()
      await Promise.all(all.map((connection) => connection.close()))
    },
  }
}

/** Always the same lane for a pizzeria on a node, so that its writers come in the order in which they were sent. */
const laneOf = (pizzeria: string, lanes: number) => createHash('sha1').update(pizzeria).digest()[0]! % lanes

/** What went wrong at the start, in the server's own words; of a name with several addresses, for the first of them. */
function wordsOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const first = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause
  return (first instanceof Error && first.message) || String(translate(first))
}

/** Where it was looked for; the rest of the address may hold a password. */
const hostOf = (url: string) => (URL.canParse(url) && new URL(url).hostname) || 'its socket'
