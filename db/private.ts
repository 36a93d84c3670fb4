import { chmodSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * From here on, only the owner can read the files that this process makes, and the database and everything beside it
 * (WAL, secrets, copies, the list of erasures). Earlier builds left them readable for everybody on the machine.
 */
export function keepPrivate(databaseFile: string) {
  process.umask(0o077)
  const folder = dirname(databaseFile)
  for (const name of readdirSync(folder))
    if (name.startsWith(basename(databaseFile))) {
      try {
        chmodSync(join(folder, name), 0o600)
      } catch {
        // The file belongs to somebody else, who decided so.
      }
    }
}
