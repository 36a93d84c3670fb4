import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type SQLite from 'better-sqlite3'

/** How many copies are kept beside a database: as far back as somebody may want to go. */
const maxCopies = 3
/** Pages of 4 KB that are copied in one turn of the event loop. */
const pagesAtOnce = 1000

/**
 * Keeps a copy of an SQLite database beside it, as it is before a migration changes it: `comanda.db.before-0001_x.bak`.
 * Resolves when the copy is complete and on the disk; until then it has another name, so that an incomplete copy is
 * never used. The oldest copies are deleted.
 */
export async function keepCopy(client: SQLite.Database, file: string, migration: string): Promise<string> {
  const copy = `${file}.before-${migration}.bak`
  await copyTo(client, copy)
  for (const old of copiesOf(file).slice(maxCopies)) rmSync(old)
  return copy
}

/**
 * Copies a database, also while others write to it; the target is complete or does not exist. `pages`: how many are
 * copied in one turn of the event loop. When another process writes between two turns, the copy starts again, so a copy
 * beside a running server takes all pages in one turn.
 */
export async function copyTo(client: SQLite.Database, target: string, pages = pagesAtOnce) {
  const part = `${target}.part`
  rmSync(part, { force: true })
  await client.backup(part, { progress: () => pages })
  flush(part)
  renameSync(part, target)
  flush(dirname(target))
}

/** The copies beside a database, newest first. */
export function copiesOf(file: string): string[] {
  const begins = `${basename(file)}.before-`
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(begins) && name.endsWith('.bak'))
    .map((name) => join(dirname(file), name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
}

/** Returns when a file's content, or a folder's names, are on the disk. */
export function flush(path: string) {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
