import { chmodSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * From here on, only the owner can read the files that this process makes, and the database and everything beside it
 * (WAL, secrets, copies, the list of erasures). Earlier builds left them readable for everybody on the machine.
 */
export function keepPrivate(databaseFile: string) {
  process.umask(0o077)
  const folder = dirname(databaseFile)
  const own = basename(databaseFile)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const { name } = entry
    // A folder without the right to enter it would be lost to everybody; what only begins alike is somebody else's.
    if (entry.isFile() && (name === own || name.startsWith(`${own}-`) || name.startsWith(`${own}.`)))
      try {
        chmodSync(join(folder, name), 0o600)
      } catch {
        // The file belongs to somebody else, who decided so.
      }
  }
}
