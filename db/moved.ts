import type { Store } from './store.ts'

/** Rows in `secrets` that a move from SQLite leaves (db/move.ts). */
export const moved = {
  /** Of which log its rows are, by its epoch; `served` once a node has worked with them. */
  from: 'moved from',
  /** There until every row was copied and compared. */
  unfinished: 'move unfinished',
  served: 'served',
} as const

/**
 * A node begins to serve what was moved: from now on nothing is copied into it any more, or what was ended or changed
 * here would come back. Throws where the move was cut short: half of a shop is no shop.
 */
export async function serveMoved(store: Store) {
  const { from, isUnfinished } = await store.read(async (tx) => ({
    from: await tx.secret(moved.from),
    isUnfinished: (await tx.secret(moved.unfinished)) !== null,
  }))
  if (isUnfinished)
    throw new Error('The move into this PostgreSQL database has not come to its end: run "npm run move" again.')
  if (from !== null && from !== moved.served) await store.alone((tx) => tx.keepSecret(moved.from, moved.served))
}
