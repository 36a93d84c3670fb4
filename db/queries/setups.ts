import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../database.ts'
import type { SetupsTx } from '../store/setups.ts'

export function setupQueries({ db, schema: { setups } }: Database): SetupsTx {
  const unused = (tokenHash: string) => and(eq(setups.tokenHash, tokenHash), isNull(setups.usedAt))
  return {
    setup: async (tokenHash) => (await db.select().from(setups).where(eq(setups.tokenHash, tokenHash)))[0],
    async keepSetup(tokenHash, expiresAt) {
      await db.insert(setups).values({ tokenHash, expiresAt }).onConflictDoNothing()
      await db.update(setups).set({ expiresAt }).where(unused(tokenHash))
    },
    useSetup: async (tokenHash, pizzeria, at) =>
      (
        await db
          .update(setups)
          .set({ usedAt: at, pizzeria })
          .where(unused(tokenHash))
          .returning({ pizzeria: setups.pizzeria })
      ).length > 0,
  }
}
