import type { Role } from '../../shared/order/roles.ts'
import type { Session } from '../../shared/staff/session.ts'

/** Somebody who works, or worked, at a pizzeria. */
export interface StaffMember {
  id: string
  pizzeria: string
  name: string
  role: Role
  pinHash: string
  /** Whoever signs in with it is asked for another. */
  mustChangePin: boolean
  /** When they left, ms; null: they work here. */
  removedAt: number | null
}

/** A screen that shows a code and waits for somebody to enter it. */
export interface Pairing {
  code: string
  tokenHash: string
  device: string
  pizzeria: string | null
  session: string | null
  expiresAt: number
}

/** Staff, sessions and pairings. */
export interface PeopleTx {
  /** Who works there now. */
  staffOf(pizzeria: string): Promise<StaffMember[]>
  /** The same and who has left. */
  everyStaffOf(pizzeria: string): Promise<StaffMember[]>
  insertStaff(member: StaffMember): Promise<void>
  updateStaff(id: string, change: Partial<Omit<StaffMember, 'id' | 'pizzeria'>>): Promise<void>
  insertSession(session: Session): Promise<void>
  /** A session that is neither ended nor expired. */
  liveSession(id: string, now: number): Promise<Session | undefined>
  endSession(id: string, at: number): Promise<void>
  endMemberSessions(member: string, at: number): Promise<void>
  endScreenSessions(pizzeria: string, screen: string, at: number): Promise<void>
  /** Those of a screen that were ended at a moment are live again. */
  reviveScreenSessions(pizzeria: string, screen: string, endedAt: number): Promise<void>
  /** How often a session of the pizzeria was ended by somebody; it never goes back. */
  revocations(pizzeria: string): Promise<number>
  /** Which of these sessions have ended or expired. */
  endedAmong(ids: string[], now: number): Promise<string[]>
  /** Drops sessions that ended or expired before a time, at most `limit` of each; returns how many. */
  dropSessionsBefore(time: number, limit: number): Promise<number>
  insertPairing(pairing: Pairing): Promise<void>
  pairing(where: { code: string } | { tokenHash: string }, now: number): Promise<Pairing | undefined>
  completePairing(code: string, pizzeria: string, session: string): Promise<void>
  dropPairing(code: string): Promise<void>
  /** Codes that a device shows lead it back to this pizzeria, by the session that it has there. */
  bringPairingsBack(pizzeria: string, device: string): Promise<void>
  dropPairingsBefore(time: number): Promise<void>
}
