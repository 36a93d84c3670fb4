import { and, eq, gt, inArray, isNotNull, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm'
import type { Session } from '../../shared/staff/session.ts'
import { makeRoom, type Database } from '../database.ts'
import type { Pairing, PeopleTx, StaffMember } from '../store/people.ts'

/** How many sessions are kept in memory. */
const maxKept = 1000

export function peopleQueries({
  db,
  schema: { staff, sessions, pairings, pizzerias },
  pizzeriaRows,
  remember,
}: Database): PeopleTx {
  /** Sessions that had not ended, by id, until one changes: every command asks for one. */
  const notEnded = remember(new Map<string, Session>(), 'commit')
  const findNotEnded = db
    .select()
    .from(sessions)
    .where(and(eq(sessions.id, sql.placeholder('id')), isNull(sessions.endedAt)))
    .prepare()

  const findEnded = db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(isNotNull(sessions.endedAt), lt(sessions.endedAt, sql.placeholder('time'))))
    .limit(sql.placeholder('limit'))
    .prepare()
  const findExpired = db
    .select({ id: sessions.id })
    .from(sessions)
    .where(lt(sessions.expiresAt, sql.placeholder('time')))
    .limit(sql.placeholder('limit'))
    .prepare()
  const dropSession = db
    .delete(sessions)
    .where(eq(sessions.id, sql.placeholder('id')))
    .prepare()

  async function endSessions(at: number, ...which: SQL[]) {
    notEnded.clear()
    const ended = await db
      .update(sessions)
      .set({ endedAt: at })
      .where(and(...which, isNull(sessions.endedAt)))
      .returning({ pizzeria: sessions.pizzeria })
    for (const pizzeria of new Set(ended.map((session) => session.pizzeria))) {
      pizzeriaRows.delete(pizzeria)
      await db
        .update(pizzerias)
        .set({ revocations: sql`${pizzerias.revocations} + 1` })
        .where(eq(pizzerias.id, pizzeria))
    }
  }

  return {
    staffOf: async (pizzeria: string) =>
      (await db
        .select()
        .from(staff)
        .where(and(eq(staff.pizzeria, pizzeria), isNull(staff.removedAt)))) as StaffMember[],
    everyStaffOf: async (pizzeria: string) =>
      (await db.select().from(staff).where(eq(staff.pizzeria, pizzeria))) as StaffMember[],
    insertStaff: async (member: StaffMember) => {
      await db.insert(staff).values(member)
    },
    updateStaff: async (id, change) => {
      await db.update(staff).set(change).where(eq(staff.id, id))
    },

    insertSession: async (session: Session) => {
      await db.insert(sessions).values(session)
    },
    /** A session that is neither ended nor expired. */
    async liveSession(id: string, now: number): Promise<Session | undefined> {
      let session = notEnded.get(id)
      if (!session) {
        session = (await findNotEnded.execute({ id }))[0] as Session | undefined
        if (!session) return undefined
        makeRoom(notEnded, maxKept)
        notEnded.set(id, session)
      }
      return session.expiresAt > now ? session : undefined
    },
    endSession: (id: string, at: number) => endSessions(at, eq(sessions.id, id)),
    endMemberSessions: (member: string, at: number) => endSessions(at, eq(sessions.member, member)),
    endScreenSessions: (pizzeria: string, screen: string, at: number) =>
      endSessions(at, eq(sessions.pizzeria, pizzeria), eq(sessions.screen, screen)),
    reviveScreenSessions: async (pizzeria: string, screen: string, endedAt: number) => {
      await db
        .update(sessions)
        .set({ endedAt: null })
        .where(and(eq(sessions.pizzeria, pizzeria), eq(sessions.screen, screen), eq(sessions.endedAt, endedAt)))
    },
    async revocations(pizzeria: string) {
      const [row] = await db.select({ count: pizzerias.revocations }).from(pizzerias).where(eq(pizzerias.id, pizzeria))
      return row?.count ?? 0
    },
    /** Which of these sessions have ended or expired. */
    endedAmong: async (ids: string[], now: number): Promise<string[]> =>
      ids.length === 0
        ? []
        : (
            await db
              .select({ id: sessions.id })
              .from(sessions)
              .where(and(inArray(sessions.id, ids), or(isNotNull(sessions.endedAt), lte(sessions.expiresAt, now))))
          ).map((row) => row.id),

    insertPairing: async (pairing: Pairing) => {
      await db.insert(pairings).values(pairing)
    },
    async pairing(where: { code: string } | { tokenHash: string }, now: number): Promise<Pairing | undefined> {
      const key = 'code' in where ? eq(pairings.code, where.code) : eq(pairings.tokenHash, where.tokenHash)
      return (
        await db
          .select()
          .from(pairings)
          .where(and(key, gt(pairings.expiresAt, now)))
      )[0]
    },
    completePairing: async (code: string, pizzeria: string, session: string) => {
      await db.update(pairings).set({ pizzeria, session }).where(eq(pairings.code, code))
    },
    bringPairingsBack: async (pizzeria: string, device: string) => {
      await db
        .update(pairings)
        .set({ pizzeria })
        .where(and(eq(pairings.device, device), isNull(pairings.session)))
    },
    dropPairing: async (code: string) => {
      await db.delete(pairings).where(eq(pairings.code, code))
    },
    async dropSessionsBefore(time, limit) {
      const old = [...(await findEnded.execute({ time, limit })), ...(await findExpired.execute({ time, limit }))]
      for (const { id } of old) {
        notEnded.delete(id)
        await dropSession.execute({ id })
      }
      return old.length
    },
    dropPairingsBefore: async (time: number) => {
      await db.delete(pairings).where(lt(pairings.expiresAt, time))
    },
  }
}
