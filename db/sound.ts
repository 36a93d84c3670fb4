import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type SQLite from 'better-sqlite3'

const magic = 'SQLite format 3\0'

/** Throws, in one sentence, when the file exists and is not an SQLite database. An empty file is a new database. */
export function requireHeader(file: string) {
  if (!existsSync(file)) return
  const found = statSync(file)
  if (found.isDirectory())
    throw new Error(`${file} is a folder. Name a file in it, such as ${join(file, 'comanda.db')}.`)
  if (found.size === 0) return
  const begin = Buffer.alloc(magic.length)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, begin, 0, begin.length, 0)
  } finally {
    closeSync(handle)
  }
  if (begin.toString('latin1') !== magic)
    throw new Error(
      `${file} is not a database of Comanda. Restore a backup with "npm run restore", or name another file.`,
    )
}

/** SQLite's message about a damaged or truncated file, as one sentence that says what to do; other errors unchanged. */
export function explain(error: unknown, file: string) {
  const { code, message } = error as { code?: string; message: string }
  return code?.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB'
    ? new Error(`${file} is damaged or cut short (${message}). Restore a backup with "npm run restore".`, {
        cause: error,
      })
    : error
}

/** Writes, flushes, and changes nothing; throws when the file cannot be written. */
export const probe = (client: SQLite.Database) => client.exec('UPDATE log SET epoch = epoch')
