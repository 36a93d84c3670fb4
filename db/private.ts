import { chmodSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * From here on the files that this process makes can be read by their owner only, and so can the database and all that
 * lies beside it (WAL, secrets, copies, the list of erasures): earlier builds left it open to everybody on the machine.
 */
export function keepPrivate(databaseFile: string) {
  process.umask(0o077)
  const folder = dirname(databaseFile)
  for (const name of readdirSync(folder))
    if (name.startsWith(basename(databaseFile))) {
      try {
        chmodSync(join(folder, name), 0o600)
      } catch {
        // It belongs to somebody else, who has decided so.
      }
    }
}
