import pg from 'pg'

export interface Statement {
  text: string
  values?: readonly unknown[]
}

export interface Answer {
  /** What the server says that it did: "COMMIT", and "ROLLBACK" where that was all that it could do. */
  command: string
  rows: unknown[][]
}

type Parse = (text: string) => unknown
/** The statements that a connection has prepared, by name; how their rows are read, once the server has said it. */
export type Prepared = Map<string, Parse[] | null>

/** Answers as texts: what a column makes of them is the schema's business. Whole numbers are numbers. */
export const types = {
  getTypeParser: (oid: number) =>
    oid === pg.types.builtins.JSON
      ? (text: string) => text
      : oid === pg.types.builtins.INT8
        ? Number
        : pg.types.getTypeParser(oid),
} as typeof pg.types

/** PostgreSQL has no NUL in texts. What nobody can have written is looked for in vain; it is no fault. */
export const withoutNul = (value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value)

interface Named extends Statement {
  /** The empty name is prepared anew each time. */
  name: string
}

/** What of pg's connection is used: its types do not know that further arguments were dropped. */
interface Wire {
  parse(statement: { name: string; text: string }): void
  bind(statement: { statement: string; values: unknown[] }): void
  describe(what: { type: 'P' }): void
  execute(): void
  close(what: { type: 'S'; name: string }): void
  sync(): void
}

/**
 * Statements that are sent in one piece and answered in one, with the rows of the last. The first that fails ends all
 * of those behind it. A statement of its own costs either side a packet and a system call, which is more than most of
 * them cost otherwise.
 */
export class Bundle extends pg.Query {
  /** ms; `pg` looks for it under this name. */
  readonly query_timeout: number
  callback: (error: Error | null) => void
  readonly answer: Answer = { command: '', rows: [] }
  private readonly statements: Named[]
  private readonly prepared: Prepared
  /** Those that are prepared with this bundle. */
  private readonly fresh: string[] = []
  /** Statements that the server has done. */
  private done = 0
  private columns: Parse[] | null = null

  constructor(statements: Named[], { prepared, waitMs }: { prepared: Prepared; waitMs: number }) {
    super('')
    this.statements = statements
    this.prepared = prepared
    this.query_timeout = waitMs
    this.callback = () => {}
    this.submit = (connection) => this.write(connection as unknown as Wire)
  }

  private write(wire: Wire) {
    const last = this.statements.length - 1
    for (const [nth, { name, text, values = [] }] of this.statements.entries()) {
      if (name === '' || !this.prepared.has(name)) this.prepare(wire, name, text)
      wire.bind({ statement: name, values: values.map(toText) })
      if (nth === last && !this.prepared.get(name)) wire.describe({ type: 'P' })
      wire.execute()
    }
    wire.sync()
  }

  private prepare(wire: Wire, name: string, text: string) {
    // It may be there: when a statement before it fails, nobody knows whether this one was read.
    if (name !== '') wire.close({ type: 'S', name })
    wire.parse({ name, text })
    if (name === '') return
    this.prepared.set(name, null)
    this.fresh.push(name)
  }

  private get current() {
    return this.statements[this.done]
  }

  handleRowDescription({ fields }: { fields: { dataTypeID: number }[] }) {
    this.columns = fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID) as Parse)
    const { name } = this.current!
    if (name !== '' && this.prepared.has(name)) this.prepared.set(name, this.columns)
  }

  handleDataRow({ fields }: { fields: (string | null)[] }) {
    if (this.done < this.statements.length - 1) return
    const columns = (this.columns ??= this.prepared.get(this.current!.name) ?? [])
    this.answer.rows.push(fields.map((field, nth) => (field === null ? null : columns[nth]!(field))))
  }

  handleCommandComplete({ text }: { text: string }) {
    this.done += 1
    if (this.done === this.statements.length) this.answer.command = text
  }

  handleError(error: Error) {
    this.fresh.forEach((name) => this.prepared.delete(name))
    this.callback(error)
  }

  handleReadyForQuery() {
    this.callback(null)
  }
}

const toText = (value: unknown): unknown =>
  value === null || value === undefined || Buffer.isBuffer(value) ? value : withoutNul(String(value as string | number))
