import { and, count, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import type { PhotosTx } from '../store/photos.ts'

export function photoQueries({ db, schema: { photos } }: Database): PhotosTx {
  const findPhoto = db
    .select({ data: photos.data })
    .from(photos)
    .where(eq(photos.id, sql.placeholder('id')))
    .limit(1)
    .prepare()
  const is = (pizzeria: string, ids: readonly string[]) =>
    and(eq(photos.pizzeria, pizzeria), inArray(photos.id, [...ids]))
  return {
    photo: async (id) => (await findPhoto.execute({ id }))[0]?.data,
    savePhoto: async (photo) => {
      await db
        .insert(photos)
        .values(photo)
        .onConflictDoUpdate({ target: [photos.pizzeria, photos.id], set: { at: photo.at } })
    },
    countPhotos: async (pizzeria) =>
      (await db.select({ count: count() }).from(photos).where(eq(photos.pizzeria, pizzeria)))[0]?.count ?? 0,
    photosAmong: async (pizzeria, ids) =>
      ids.length === 0
        ? []
        : (await db.select({ id: photos.id }).from(photos).where(is(pizzeria, ids))).map(({ id }) => id),
    photosBefore: async (pizzeria, time) =>
      (
        await db
          .select({ id: photos.id })
          .from(photos)
          .where(and(eq(photos.pizzeria, pizzeria), lt(photos.at, time)))
      ).map(({ id }) => id),
    copyPhotos: async (from, to) => {
      const all = db
        .select({ pizzeria: sql<string>`${to}`.as('pizzeria'), id: photos.id, at: photos.at, data: photos.data })
        .from(photos)
        .where(eq(photos.pizzeria, from))
      await db.insert(photos).select(all)
    },
    dropPhotos: async (pizzeria, ids) => {
      if (ids.length > 0) await db.delete(photos).where(is(pizzeria, ids))
    },
  }
}
