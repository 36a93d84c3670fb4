import { chmodSync, chownSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * From here on, only the owner can read the files that this process makes, and the database and everything beside it
 * (WAL, secrets, copies, the list of erasures). Earlier builds left them readable for everybody on the machine.
 */
export function keepPrivate(databaseFile: string) {
  process.umask(0o077)
  for (const file of filesOf(databaseFile))
    try {
      chmodSync(file, 0o600)
    } catch {
      // The file belongs to somebody else, who decided so.
    }
}

/**
 * What root has put beside a database belongs to the owner of the folder from here on: a server that runs with fewer
 * rights could not open its own database.
 */
export function giveToOwner(databaseFile: string) {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(dirname(databaseFile))
  for (const file of filesOf(databaseFile)) chownSync(file, uid, gid)
}

/** A database and everything beside it. */
function filesOf(databaseFile: string): string[] {
  const folder = dirname(databaseFile)
  const own = basename(databaseFile)
  return (
    readdirSync(folder, { withFileTypes: true })
      // A folder without the right to enter it would be lost to everybody; what only begins alike is somebody else's.
      .filter(
        (entry) => entry.isFile() && entry.name.startsWith(own) && /^(?:$|[-.])/.test(entry.name.slice(own.length)),
      )
      .map(({ name }) => join(folder, name))
  )
}
