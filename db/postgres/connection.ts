import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import pg from 'pg'
import { Bundle, types, withoutNul, type Answer, type Prepared, type Statement } from './bundle.ts'
import { endsConnection, Lost } from './troubles.ts'

export interface ConnectionOptions {
  /** `postgres://…` */
  url: string
  /** How long a lock of somebody else is waited for, ms. */
  lockWaitMs: number
  /** How long any other answer is waited for, ms. */
  answerMs: number
}

/**
 * Which life of the data this is: the cluster, and its timeline, which a promoted standby begins anew. A primary keeps
 * both for as long as it runs.
 */
export interface Life {
  cluster: string
  timeline: string
}

/** A node that stops in the middle of a transaction lets go of its locks after this, ms. */
const idleInTransactionMs = 2000
const maxNames = 300

/** Only what has a name is planned once. Lists of ids make texts of every length, so not every text gets one. */
const names = new Map<string, string>()
function nameOf(text: string): string {
  const known = names.get(text)
  if (known || names.size >= maxNames) return known ?? ''
  const name = createHash('sha1').update(text).digest('base64url')
  names.set(text, name)
  return name
}

/**
 * One connection, opened when it is needed and again after it was lost. What is sent is answered in its order: whoever
 * sends the next before the answer need not wait for it.
 */
export class Connection {
  private readonly options: ConnectionOptions
  private client: pg.Client | null = null
  private opening: Promise<pg.Client> | null = null
  /** How each client was lost: everything that was under way on it was lost so. */
  private readonly losses = new WeakMap<pg.Client, Lost>()
  private prepared: Prepared = new Map()
  /** Called with each new connection: what was known from the last one may be wrong. */
  private readonly renewed: () => void
  life: Life = { cluster: '', timeline: '' }
  /** Of its backend. */
  pid = 0
  /** How often it was opened. A server that crashes ends all connections: while this stays, it has not crashed. */
  times = 0

  constructor(options: ConnectionOptions, renewed: () => void = () => {}) {
    this.options = options
    this.renewed = renewed
  }

  /** Resolves when it can be asked; `Lost` when the server is not there, or is no primary. */
  async open(): Promise<void> {
    if (this.client) return
    this.opening ??= this.connect().finally(() => (this.opening = null))
    this.client = await this.opening
  }

  private async connect(): Promise<pg.Client> {
    const { url, lockWaitMs, answerMs } = this.options
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: answerMs,
      keepAlive: true,
      pipeline: true,
      application_name: 'comanda',
    })
    client.on('error', () => this.drop(client))
    gather(client)
    try {
      await client.connect()
      const within = (text: string) => client.query({ text, query_timeout: answerMs } as pg.QueryConfig)
      const { rows } = await within(
        `SELECT pg_is_in_recovery() AS standby, (SELECT system_identifier::text FROM pg_control_system()) AS cluster,
          CASE WHEN pg_is_in_recovery() THEN '' ELSE left(pg_walfile_name(pg_current_wal_lsn()), 8) END AS timeline`,
      )
      const { standby, ...life } = rows[0] as Life & { standby: boolean }
      if (standby) throw new Error('This server is a standby.')
      await within(
        `SET lock_timeout = ${lockWaitMs}; SET idle_in_transaction_session_timeout = ${idleInTransactionMs};
          SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`,
      )
      this.life = life
      this.pid = (client as unknown as { processID: number }).processID
      this.times += 1
      this.prepared = new Map()
      this.renewed()
      return client
    } catch (error) {
      destroy(client)
      throw new Lost(error, isSilence(error))
    }
  }

  /**
   * Statements in one piece; the answer to the last. Each is planned once. `waitMs`: how much longer than usual, where
   * one may wait for a lock.
   */
  exchange(statements: readonly Statement[], waitMs = 0): Promise<Answer> {
    const { prepared } = this
    return this.ask((client) => {
      const named = statements.map((statement) => ({ ...statement, name: nameOf(statement.text) }))
      const bundle = new Bundle(named, { prepared, waitMs: this.options.answerMs + waitMs })
      return new Promise<Answer>((resolve, reject) => {
        bundle.callback = (error) => (error ? reject(error) : resolve(bundle.answer))
        client.query(bundle)
      })
    })
  }

  /** One statement; its rows by the names of their columns. */
  query = ({ text }: { text: string }, values?: unknown[]): Promise<pg.QueryResult> =>
    this.plain({ text, types, values: values?.map(withoutNul) })

  /** Plain text, also several statements; `waitMs` longer than usual where it may wait for a lock. */
  run = (text: string, waitMs = 0): Promise<pg.QueryResult> => this.plain({ text, types }, waitMs)

  private plain(config: pg.QueryConfig, waitMs = 0) {
    const limited = { ...config, query_timeout: this.options.answerMs + waitMs }
    return this.ask((client) => client.query(limited) as Promise<pg.QueryResult>)
  }

  private async ask<Result>(how: (client: pg.Client) => Promise<Result>): Promise<Result> {
    const { client } = this
    if (!client) throw new Lost(new Error('not connected'))
    try {
      return await how(client)
    } catch (error) {
      const ended = !isFromServer(error) || endsConnection(error)
      if (!ended) throw error
      this.drop(client)
      // The first to notice knows best how: the others were only cut off.
      const loss = this.losses.get(client) ?? new Lost(error, isSilence(error))
      this.losses.set(client, loss)
      throw loss
    }
  }

  /** Whether what was done on it may still be there. */
  get alive() {
    return this.client !== null
  }

  private drop(client: pg.Client) {
    if (this.client === client) this.client = null
    destroy(client)
  }

  async close() {
    await this.opening?.catch(() => {})
    const { client } = this
    this.client = null
    await client?.end().catch(() => {})
  }

  /** Without a goodbye, which nobody might hear. */
  abandon() {
    if (this.client) this.drop(this.client)
  }
}

const isFromServer = (error: unknown) => error instanceof pg.DatabaseError
const isSilence = (error: unknown) => error instanceof Error && /timeout/i.test(error.message) && !isFromServer(error)

const streamOf = (client: pg.Client) => (client as unknown as { connection: { stream: Socket } }).connection.stream

/** What is sent in one turn goes in one buffer: a socket pays for each piece that it is given. */
function gather(client: pg.Client) {
  const connection = (client as unknown as { connection: { stream: Socket; _send(piece: Buffer): boolean } }).connection
  let pieces: Buffer[] = []
  connection._send = (piece) => {
    if (pieces.push(piece) === 1) process.nextTick(send)
    return true
  }
  function send() {
    const all = Buffer.concat(pieces)
    pieces = []
    if (connection.stream.writable) connection.stream.write(all)
  }
}

/** `end` would wait for the answer of a server that may be frozen. */
function destroy(client: pg.Client) {
  streamOf(client).destroy()
}
