import { createHash } from 'node:crypto'
import { asc, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { LogEvent } from '../../shared/live/events.ts'
import type { Pizzeria } from '../../shared/menu/pizzeria.ts'
import type { Database } from '../database.ts'
import { allQueries, type Transaction } from '../queries/all.ts'
import * as schema from '../schema.postgres.ts'
import type { Answer, Statement } from './bundle.ts'
import type { Connection, Life } from './connection.ts'
import { prepareOnce } from './prepare.ts'

/** Where an event stands in the log, and which one it is. */
export type Trace = Pick<LogEvent, 'pizzeria' | 'position' | 'id'>

export interface Beginning {
  /** Tried before anything else: a statement. */ lock?: string
  /** The rows of these are locked, in the order of their ids. */
  pizzerias: readonly string[]
  /** How long the locks of others are waited for, ms. */
  lockWaitMs: number
}

export interface PostgresTransaction extends Pick<Transaction, 'tx' | 'forget'> {
  /** Begins one that writes. Resolves with its number when it has its locks. */
  begin(beginning: Beginning): Promise<string>
  /** Begins one that reads: it sees one moment. */
  beginReading(): void
  /** One of several writers begins: what it writes can be taken back alone. */
  beginPart(): void
  endPart(): void
  /** Takes back what this writer did. Throws where it is not known whether the others' work was done. */
  undoPart(): Promise<void>
  /** Sends what has been written, and COMMIT behind it. */
  commit(): Promise<Answer>
  /** Resolves when all that was sent is done; throws what went wrong first. */
  settled(): Promise<void>
  /** The last event that was written since it began, or since something was undone. */
  trace(): Trace | null
}

interface Part {
  hasWritten: boolean
  /** There is a savepoint before what it has sent. */
  isSaved: boolean
}

const [begin, savepoint, release, rollback, commit] = [
  'BEGIN',
  'SAVEPOINT part',
  'RELEASE part',
  'ROLLBACK TO part',
  'COMMIT',
].map((text): Statement => ({ text }))
const beginReading = { text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' }
const first = { text: 'SELECT pg_current_xact_id()::text, (SELECT epoch FROM log)' }
const clock = { text: 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint' }

/** So many statements are sent although nobody waits for anything: PostgreSQL can begin with them. */
const enough = 24

/**
 * All that can be asked on a connection. What brings no rows waits until something is asked, and goes with it in one
 * piece. A writer that fails before it has asked for anything behind what it wrote has therefore left nothing to take
 * back; the others get a savepoint at that moment. What fails behind its writer's back fails the whole transaction.
 */
export function transactionOn(connection: Connection): PostgresTransaction {
  /** What is not sent yet: of writers that are done, and of the one that writes now. */
  const waiting = { done: [] as Statement[], own: [] as Statement[] }
  let part: Part | null = null
  /** The last that was sent, and what went wrong with the first that failed. */
  let sent: Promise<unknown> = Promise.resolve()
  let trouble: unknown = null
  /** How much longer than usual answers are waited for, ms. */
  let patience = 0
  let word: string | undefined
  let trace: Trace | null = null

  const takeDone = () => waiting.done.splice(0)
  const takeAll = () => [...takeDone(), ...waiting.own.splice(0)]

  function send(statements: Statement[], isOwnRisk = false): Promise<Answer> {
    const answer = connection.exchange(statements, patience)
    sent = answer.catch((error: unknown) => {
      if (!isOwnRisk) trouble ??= error
    })
    return answer
  }

  function write(statement: Statement) {
    if (part) part.hasWritten = true
    waiting.own.push(statement)
  }

  function ask(statement: Statement): Promise<Answer> {
    if (part && !isSelect(statement)) part.hasWritten = true
    if (part?.hasWritten && !part.isSaved) {
      // On their own: what fails of them must not be taken for this writer's.
      if (waiting.done.length > 0) void send(takeDone())
      waiting.own.unshift(savepoint!)
      part.isSaved = true
    }
    return send([...takeAll(), statement], part?.isSaved)
  }

  const db = prepareOnce(
    // What is of several tables goes through drizzle as it is.
    drizzle({ query: ({ text }: Statement, values: unknown[]) => ask({ text, values }) } as never),
    {
      ask: async (text, values) => (await ask({ text, values })).rows,
      write: (text, values) => write({ text, values }),
    },
  )
  const { tx, forget, began } = allQueries({
    db: db as unknown as Database['db'],
    schema: schema as unknown as Database['schema'],
  })
  const pizzerias = schema.pizzerias as never
  const lockRows = db
    .select()
    .from(pizzerias)
    .where(sql`${schema.pizzerias.id} = ANY(${sql.placeholder('ids')})`)
    .orderBy(asc(schema.pizzerias.id))
    .for('no key update')
    .prepare('')
  const askWord = tx.epoch

  async function settled() {
    await sent
    if (trouble) throw trouble
  }

  /** Whatever was left of the last transaction is of no matter. */
  function restart(beginning: Statement) {
    takeAll()
    part = trouble = trace = null
    waiting.own.push(beginning)
  }

  return {
    tx: {
      ...tx,
      append: async (event) => (trace = await tx.append(event)),
      epoch: async () => epochOf(word ?? (await askWord()), connection.life),
      now: async () => (await ask(clock)).rows[0]![0] as number,
    },
    forget() {
      trace = null
      forget()
    },

    async begin({ lock, pizzerias, lockWaitMs }) {
      restart(begin!)
      if (lock) waiting.own.push({ text: lock })
      patience = lockWaitMs
      // Sent together. A row that had to be waited for comes as it is after that.
      const answers = Promise.all([
        pizzerias.length > 0 ? (lockRows.execute({ ids: arrayOf(pizzerias) }) as Promise<Pizzeria[]>) : [],
        ask(first),
      ])
      patience = 0
      const [held, { rows }] = await answers
      const [xid, read] = rows[0] as [string, string]
      word = read
      began(held)
      return xid
    },
    beginReading() {
      restart(beginReading)
      word = undefined
      began()
    },

    beginPart() {
      part = { hasWritten: false, isSaved: false }
    },
    endPart() {
      if (part?.isSaved) waiting.own.push(release!)
      waiting.done.push(...waiting.own.splice(0))
      part = null
      if (waiting.done.length >= enough) void send(takeDone())
    },
    async undoPart() {
      const { hasWritten, isSaved } = part!
      part = null
      waiting.own = []
      await settled()
      if (isSaved) waiting.done.push(rollback!, release!)
      if (!hasWritten) return
      trace = null
      forget()
    },
    commit: () => send([...takeAll(), commit!]),
    settled,
    trace: () => trace,
  }
}

const isSelect = ({ text }: Statement) => text.startsWith('select') || text.startsWith('SELECT')

/** A list of texts as PostgreSQL writes it. */
const arrayOf = (texts: readonly string[]) => `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join()}}`

/**
 * The word that the database holds, and whose life it lives: an asynchronous standby that was promoted has forgotten
 * what was acknowledged last, and gives its positions to other events (LOG-9).
 */
const epochOf = (word: string, { cluster, timeline }: Life) =>
  createHash('sha256').update(`${word} ${cluster} ${timeline}`).digest('base64url').slice(0, 8)
