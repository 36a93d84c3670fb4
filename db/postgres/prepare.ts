import type { drizzle } from 'drizzle-orm/node-postgres'
import { filler, mapper, type Session, type Values } from '../quick.ts'

export interface Asked {
  /** Resolves with its rows. */
  ask(text: string, values: unknown[]): Promise<unknown[][]>
  /** Writes what brings no rows. */
  write(text: string, values: unknown[]): void
}

/** The same for PostgreSQL as `quick` is for SQLite: each query is looked through once, when it is prepared. */
export function prepareOnce<Db extends ReturnType<typeof drizzle>>(db: Db, { ask, write }: Asked): Db {
  const { session } = db as unknown as { session: Session }
  const prepareQuery = session.prepareQuery.bind(session)
  session.prepareQuery = (query, fields, ...rest) => {
    if (fields?.some(({ path }) => path.length > 1)) return prepareQuery(query, fields, ...rest)
    const { sql: text } = query
    const fill = filler(query.params)
    const toRow = fields && mapper(fields)
    const execute = toRow
      ? async (values?: Values) => (await ask(text, fill(values))).map(toRow)
      : async (values?: Values) => write(text, fill(values))
    return {
      execute,
      setToken() {
        return this
      },
    }
  }
  return db
}
