import type SQLite from 'better-sqlite3'
import { Column, is, Param, Placeholder, SQL, type DriverValueDecoder } from 'drizzle-orm'
import type { drizzle } from 'drizzle-orm/better-sqlite3'

export type Values = Record<string, unknown>
export interface Query {
  sql: string
  params: unknown[]
}
export interface Field {
  path: string[]
  field: unknown
}
/** What of drizzle's session is replaced. */
export interface Session {
  prepareQuery(query: Query, fields: Field[] | undefined, ...rest: unknown[]): unknown
}

/**
 * Makes drizzle's queries as quick as their statements: what each parameter and each column needs is found out once,
 * when a query is prepared, and not again for each run and each row, which costs more than SQLite itself. Rows of
 * several tables are left to drizzle. Throws when something is to be written and nobody may.
 */
export function quick<Db extends ReturnType<typeof drizzle>>(
  db: Db,
  client: SQLite.Database,
  mayWrite: () => boolean,
): Db {
  const { session } = db as unknown as { session: Session }
  const prepareQuery = session.prepareQuery.bind(session)
  session.prepareQuery = (query, fields, ...rest) => {
    if (fields?.some(({ path }) => path.length > 1)) return prepareQuery(query, fields, ...rest)
    const statement = client.prepare(query.sql)
    const fill = filler(query.params)
    const { readonly } = statement
    const check = () => {
      if (!readonly && !mayWrite()) throw new Error(`A reader may not write: ${query.sql}`)
    }
    const run = (values?: Values) => {
      check()
      return statement.run(fill(values))
    }
    if (!fields) return { run, execute: async (values?: Values) => run(values) }
    const toRow = mapper(fields)
    // Rows as arrays, for as long as there is the statement.
    statement.raw()
    const all = (values?: Values) => {
      check()
      return (statement.all(fill(values)) as unknown[][]).map(toRow)
    }
    return { run, all, execute: async (values?: Values) => all(values) }
  }
  return db
}

/** The parameters of a run, from the values of its placeholders. */
export function filler(params: unknown[]): (values?: Values) => unknown[] {
  const parts = params.map((param): ((values: Values) => unknown) => {
    if (is(param, Placeholder)) return (values) => valueOf(values, param.name)
    if (!is(param, Param) || !is(param.value, Placeholder)) return () => param
    const { encoder, value } = param
    return (values) => encoder.mapToDriverValue(valueOf(values, value.name))
  })
  return (values = {}) => parts.map((part) => part(values))
}

function valueOf(values: Values, name: string) {
  const value = values[name]
  if (value === undefined && !(name in values)) throw new Error(`No value for placeholder "${name}" was provided`)
  return value
}

/** A row as an object. */
export function mapper(fields: Field[]): (row: unknown[]) => Values {
  const columns = fields.map(({ path, field }) => ({ name: path[0]!, decoder: decoderOf(field) }))
  return (row) => {
    const result: Values = {}
    for (let nth = 0; nth < columns.length; nth++) {
      const { name, decoder } = columns[nth]!
      const value = row[nth]
      result[name] = value === null ? null : decoder.mapFromDriverValue(value)
    }
    return result
  }
}

function decoderOf(field: unknown): DriverValueDecoder<unknown, unknown> {
  if (is(field, Column)) return field
  const sql = is(field, SQL) ? field : (field as { sql: SQL }).sql
  return (sql as unknown as { decoder: DriverValueDecoder<unknown, unknown> }).decoder
}
