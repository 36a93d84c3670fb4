import * as pg from 'drizzle-orm/pg-core'
import * as lite from 'drizzle-orm/sqlite-core'

const maxDocuments = 200
const documents = new Map<string, unknown>()

/** The same text is the same document: it is parsed once. */
function parseDocument(text: string): unknown {
  if (!documents.has(text)) {
    if (documents.size >= maxDocuments) documents.clear()
    documents.set(text, JSON.parse(text))
  }
  return documents.get(text)
}

const written: { value?: unknown; text: string } = { text: '' }

/** An event and the row that it changes hold the same object: it is written once. Nobody changes what was written. */
function toJson(value: unknown): string {
  if (value !== written.value || value === undefined) Object.assign(written, { value, text: JSON.stringify(value) })
  return written.text
}

const liteJson = (fromDriver: (text: string) => unknown) =>
  lite.customType<{ data: unknown; driverData: string }>({ dataType: () => 'text', toDriver: toJson, fromDriver })
const [json, document] = [liteJson((text) => JSON.parse(text) as unknown), liteJson(parseDocument)]

/**
 * `json`, which keeps the text as it was written, and not `jsonb`: that orders keys anew, so that a document no longer
 * compares as it was, and refuses NUL characters and lone surrogates, which old documents may hold.
 */
const pgJson = (fromDriver: (text: string) => unknown) =>
  pg.customType<{ data: unknown; driverData: string }>({ dataType: () => 'json', toDriver: toJson, fromDriver })
const [pgJsonOf, pgDocument] = [pgJson((text) => JSON.parse(text) as unknown), pgJson(parseDocument)]

/**
 * The vocabulary that the schema is written in: one value per dialect, the PostgreSQL one typed as the SQLite one,
 * so that one schema and one set of queries serve both. Only kinds whose values are alike on both sides are in it:
 * a timestamp is a whole number of milliseconds since 1970 (UTC), JSON is parsed and written by the driver. A
 * `document` is JSON that is read far more often than it changes: whoever reads it MUST NOT change it.
 */
export const sqlite = {
  table: lite.sqliteTable,
  text: (name: string) => lite.text(name),
  integer: (name: string) => lite.integer(name),
  boolean: (name: string) => lite.integer(name, { mode: 'boolean' }),
  timestamp: (name: string) => lite.integer(name),
  json: <T>(name: string) => json(name).$type<T>(),
  document: <T>(name: string) => document(name).$type<T>(),
  index: lite.index,
  uniqueIndex: lite.uniqueIndex,
  primaryKey: lite.primaryKey,
}

export type Columns = typeof sqlite

export const postgres = {
  table: pg.pgTable,
  text: (name: string) => pg.text(name),
  // As wide as SQLite's: versions may be times, and a cursor from outside may be any number.
  integer: (name: string) => pg.bigint(name, { mode: 'number' }),
  boolean: (name: string) => pg.boolean(name),
  timestamp: (name: string) => pg.bigint(name, { mode: 'number' }),
  json: <T>(name: string) => pgJsonOf(name).$type<T>(),
  document: <T>(name: string) => pgDocument(name).$type<T>(),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
} as unknown as Columns
