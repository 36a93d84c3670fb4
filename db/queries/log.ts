import { and, asc, eq, gt, lte, sql } from 'drizzle-orm'
import type { LogEvent, NewEvent } from '../../shared/live/events.ts'
import { placeholders, type Database } from '../database.ts'
import { newEpoch } from '../migrate.ts'
import type { LogTx } from '../store/log.ts'

export function logQueries(database: Database): LogTx {
  const { db, remember, pizzeriaRows, positions } = database
  const { log, events, pizzerias } = database.schema
  // Built once: building a query costs more than running it, and every change and every reconnect runs these.
  const nextPosition = db
    .update(pizzerias)
    .set({ position: sql`${pizzerias.position} + 1` })
    .where(eq(pizzerias.id, sql.placeholder('pizzeria')))
    .returning({ position: pizzerias.position })
    .prepare()
  const setPosition = db
    .update(pizzerias)
    .set(placeholders(pizzerias, ['position']))
    .where(eq(pizzerias.id, sql.placeholder('pizzeria')))
    .prepare()
  const insert = db
    .insert(events)
    .values(
      placeholders(events, ['pizzeria', 'position', 'id', 'subject', 'version', 'type', 'at', 'actor', 'by', 'data']),
    )
    .prepare()
  const findLog = db.select().from(log).prepare()
  /** The epoch of the log, under one name. */
  const epochs = remember(new Map<'epoch', string>(), 'commit')
  const findHead = db
    .select({ position: pizzerias.position, oldest: pizzerias.oldest })
    .from(pizzerias)
    .where(eq(pizzerias.id, sql.placeholder('pizzeria')))
    .prepare()
  const findHeads = db
    .select({ pizzeria: pizzerias.id, position: pizzerias.position, oldest: pizzerias.oldest })
    .from(pizzerias)
    .prepare()
  const findAfter = db
    .select()
    .from(events)
    .where(and(eq(events.pizzeria, sql.placeholder('pizzeria')), gt(events.position, sql.placeholder('position'))))
    .orderBy(asc(events.position))
    .limit(sql.placeholder('limit'))
    .prepare()
  const ofSubject = and(
    eq(events.subject, sql.placeholder('subject')),
    eq(events.pizzeria, sql.placeholder('pizzeria')),
  )
  const findSubjectAfter = db
    .select()
    .from(events)
    .where(and(ofSubject, gt(events.version, sql.placeholder('version'))))
    .orderBy(asc(events.version))
    .limit(sql.placeholder('limit'))
    .prepare()
  const findOldest = db
    .select({ position: events.position, at: events.at })
    .from(events)
    .where(eq(events.pizzeria, sql.placeholder('pizzeria')))
    .orderBy(asc(events.position))
    .limit(sql.placeholder('limit'))
    .prepare()
  const dropUpTo = db
    .delete(events)
    .where(and(eq(events.pizzeria, sql.placeholder('pizzeria')), lte(events.position, sql.placeholder('position'))))
    .prepare()
  const findOldestOfSubject = db
    .select({ version: events.version })
    .from(events)
    .where(ofSubject)
    .orderBy(asc(events.version))
    .limit(1)
    .prepare()

  /** Adding up in the statement takes an answer; whoever holds the pizzeria need not wait for one. */
  async function takePosition(pizzeria: string): Promise<number> {
    const held = positions.get(pizzeria)
    if (held === undefined) {
      const [row] = await nextPosition.execute({ pizzeria })
      if (!row) throw new Error(`No pizzeria ${pizzeria}`)
      database.hold(pizzeria, row.position - 1)
      database.moveOn(pizzeria, row.position)
      return row.position
    }
    const position = held + 1
    await setPosition.execute({ pizzeria, position })
    database.moveOn(pizzeria, position)
    return position
  }

  return {
    async epoch(): Promise<string> {
      const kept = epochs.get('epoch')
      if (kept !== undefined) return kept
      const [row] = await findLog.execute()
      if (!row) throw new Error('The database has no epoch: it was not migrated.')
      epochs.set('epoch', row.epoch)
      return row.epoch
    },

    async renewEpoch() {
      epochs.clear()
      await db.update(log).set({ epoch: newEpoch() })
    },

    now: async () => Date.now(),

    async keptClock() {
      const [row] = await findLog.execute()
      if (!row || row.trustedAt === null) return null
      return { at: row.trustedAt, up: row.trustedUp ?? 0, boot: row.trustedBoot ?? '', off: row.clockOff }
    },
    async keepClock({ at, up, boot, off }) {
      // Machines count fractions of a millisecond.
      const whole = { trustedAt: Math.round(at), trustedUp: Math.round(up), trustedBoot: boot }
      await db.update(log).set({ ...whole, clockOff: off === null ? null : Math.round(off) })
    },

    async probe() {
      await db.update(log).set({ epoch: sql`${log.epoch}` })
    },

    /** Takes the position from the pizzeria's row in the same transaction, so that positions follow the commits. */
    async append(event: NewEvent): Promise<LogEvent> {
      const written = { ...event, position: await takePosition(event.pizzeria) }
      await insert.execute({ ...written, by: event.by ?? null })
      return written
    },

    heads: async () => await findHeads.execute(),

    async head(pizzeria) {
      const [row] = await findHead.execute({ pizzeria })
      return row
    },

    eventsAfter: async (pizzeria: string, position: number, limit: number) =>
      (await findAfter.execute({ pizzeria, position, limit })).map(asWritten),

    subjectEventsAfter: async (pizzeria: string, subject: string, version: number, limit: number) =>
      (await findSubjectAfter.execute({ pizzeria, subject, version, limit })).map(asWritten),

    async oldestOfSubject(pizzeria: string, subject: string): Promise<number | undefined> {
      const [row] = await findOldestOfSubject.execute({ pizzeria, subject })
      return row?.version
    },

    async dropEventsBefore(pizzeria, time, limit, now = Infinity) {
      const oldest = await findOldest.execute({ pizzeria, limit })
      const young = oldest.findIndex(({ at }) => at >= time && at <= now)
      const old = (young < 0 ? oldest : oldest.slice(0, young)).findLastIndex(({ at }) => at < time)
      if (old < 0) return 0
      const { position } = oldest[old]!
      pizzeriaRows.delete(pizzeria)
      await dropUpTo.execute({ pizzeria, position })
      await db
        .update(pizzerias)
        .set({ oldest: position + 1 })
        .where(eq(pizzerias.id, pizzeria))
      return old + 1
    },
  }
}

/** An event as it was written: without a signature where it has none. */
const asWritten = ({ by, ...row }: { by: string | null }) => (by === null ? row : { ...row, by }) as LogEvent
