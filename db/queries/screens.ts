import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Screen } from '../../shared/kitchen/screen.ts'
import { defaultScreenSettings } from '../../shared/kitchen/screen-settings.ts'
import { screenReport } from '../../shared/order/views.ts'
import type { Database } from '../database.ts'
import type { ScreensTx } from '../store/screens.ts'

export function screenQueries({ db, schema: { screens } }: Database): ScreensTx {
  const findSilent = db
    .select()
    .from(screens)
    .where(and(sql`${screens.connected} = true`, lt(screens.seenAt, sql.placeholder('time'))))
    .prepare()
  const is = (pizzeria: string, id: string) => and(eq(screens.pizzeria, pizzeria), eq(screens.id, id))
  const isThere = isNull(screens.removedAt)
  return {
    screens: (pizzeria: string): Promise<Screen[]> =>
      Promise.resolve(
        db
          .select()
          .from(screens)
          .where(and(eq(screens.pizzeria, pizzeria), isThere)),
      ),
    async screen(pizzeria: string, id: string): Promise<Screen | undefined> {
      const [row] = await db
        .select()
        .from(screens)
        .where(and(is(pizzeria, id), isThere))
      return row
    },
    async removedScreen(pizzeria: string, id: string) {
      const [row] = await db.select().from(screens).where(is(pizzeria, id))
      return row?.removedAt ? { ...row, removedAt: row.removedAt } : undefined
    },
    /** Writes the given fields; an unknown screen starts with the defaults. Returns it as it is then. */
    async saveScreen(pizzeria: string, id: string, change: Partial<Omit<Screen, 'pizzeria' | 'id'>>): Promise<Screen> {
      const fresh: Screen = {
        pizzeria,
        id,
        name: '',
        paired: false,
        settings: defaultScreenSettings,
        connected: false,
        seenAt: 0,
        shownPosition: 0,
        report: screenReport.parse({}),
        removedAt: null,
      }
      const [row] = await db
        .insert(screens)
        .values({ ...fresh, ...change })
        .onConflictDoUpdate({ target: [screens.pizzeria, screens.id], set: change })
        .returning()
      return row!
    },
    removeScreen: async (pizzeria: string, id: string, at: number) =>
      (
        await db
          .update(screens)
          .set({ removedAt: at, connected: false })
          .where(and(is(pizzeria, id), isThere))
          .returning({ id: screens.id })
      ).length > 0,
    dropScreensRemovedBefore: async (pizzeria: string, time: number) => {
      await db.delete(screens).where(and(eq(screens.pizzeria, pizzeria), lt(screens.removedAt, time)))
    },
    /** Screens that count as connected but were not heard of since a time (ms), including those of a node that died. */
    silentSince: async (time: number): Promise<Screen[]> => await findSilent.execute({ time }),
  }
}
