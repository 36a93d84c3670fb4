import type { logQueries } from './queries/log.ts'
import type { menuQueries } from './queries/menu.ts'
import type { orderQueries } from './queries/orders.ts'
import type { peopleQueries } from './queries/people.ts'
import type { screenQueries } from './queries/screens.ts'

/** Everything that can be asked of the database inside one transaction. No other code speaks SQL. */
export type Tx = ReturnType<typeof logQueries> &
  ReturnType<typeof menuQueries> &
  ReturnType<typeof orderQueries> &
  ReturnType<typeof peopleQueries> &
  ReturnType<typeof screenQueries>

/**
 * The database, as the rest of the server sees it.
 *
 * An adapter MUST run `read` in one transaction that sees one moment only, and never an uncommitted row.
 * It MUST run `write` alone among the writers of a pizzeria, undo it whole when `work` throws, and resolve only
 * after the commit is flushed to the disk (LOG-4). It MAY flush several writers together (LOG-7), and then one that
 * throws MUST NOT take the others with it. When the database is locked or full it MUST reject with
 * `Rejected('server.busy')` or `Rejected('server.full')` and work again as soon as it can (LOG-8).
 *
 * `work` MUST NOT wait for anything but `tx`: other writers stand behind it. It MUST NOT change anything but through
 * `tx`: it may be undone and run again, when somebody else in the same flush met a full disk.
 */
export interface Store {
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}
