import { createHash } from 'node:crypto'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { LogEvent } from '../../shared/live/events.ts'
import type { Database } from '../database.ts'
import { allQueries, type Transaction } from '../queries/all.ts'
import * as schema from '../schema.postgres.ts'
import type { Connection, Life } from './connection.ts'

/** Where an event stands in the log, and which one it is. */
export type Trace = Pick<LogEvent, 'pizzeria' | 'position' | 'id'>

export interface PostgresTransaction extends Transaction {
  /** A transaction has begun; whoever writes has read the database's word already. */
  began(word?: string): void
  /** The last event that was written since then, or since something was undone. */
  trace(): Trace | null
}

interface Statement {
  text: string
  /** Where rows are wanted. */ rowMode?: 'array'
}

/**
 * All that can be asked on a connection. A statement that brings no rows is not waited for: when it fails, its writer
 * fails at the end (see `createLane`).
 */
export function transactionOn(connection: Connection): PostgresTransaction {
  async function query(statement: Statement, values: unknown[] = []) {
    if (statement.rowMode) return await connection.query(statement, values)
    connection.send(statement.text, values)
  }
  const db = drizzle({ query } as never) as unknown as Database['db']
  const { tx, forget, began } = allQueries({ db, schema: schema as unknown as Database['schema'] })
  const askWord = tx.epoch
  let word: string | undefined
  let trace: Trace | null = null
  return {
    tx: {
      ...tx,
      append: async (event) => (trace = await tx.append(event)),
      epoch: async () => epochOf(word ?? (await askWord()), connection.life),
      async now() {
        const { rows } = await connection.query({
          text: 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now',
        })
        return (rows[0] as { now: number }).now
      },
    },
    forget() {
      trace = null
      forget()
    },
    began(read) {
      trace = null
      word = read
      began()
    },
    trace: () => trace,
  }
}

/**
 * The word that the database holds, and whose life it lives: an asynchronous standby that was promoted has forgotten
 * what was acknowledged last, and gives its positions to other events (LOG-9).
 */
const epochOf = (word: string, { cluster, timeline }: Life) =>
  createHash('sha256').update(`${word} ${cluster} ${timeline}`).digest('base64url').slice(0, 8)
