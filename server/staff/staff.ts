import { randomInt, randomUUID } from 'node:crypto'
import type { Tx } from '../../db/store.ts'
import type { StaffMember } from '../../db/store/people.ts'
import type { Role } from '../../shared/order/roles.ts'
import type { Actor } from '../../shared/order/order.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Session } from '../../shared/staff/session.ts'
import { slowDown, use } from '../budgets/budgets.ts'
import { budgets } from '../budgets/table.ts'
import type { Append, Context } from '../context.ts'
import { newId } from '../ground/ids.ts'
import { hashPin, verifyPin } from './pins.ts'
import type { Revocable } from './screens.ts'

type Ground = Pick<Context, 'store' | 'commit' | 'clock'>

/** A member of staff as the manager sees them: never the PIN. */
export const viewMember = ({ id, name, role, mustChangePin }: StaffMember) => ({ id, name, role, mustChangePin })

/** Six digits that nobody there has, for somebody who will choose their own. */
const dicePin = () => String(randomInt(0, 1_000_000)).padStart(6, '0')

/** How long somebody who was removed may be brought back (ms); until then nobody else gets their PIN. */
const restorableMs = 10 * 60_000

/**
 * Runs `work` with the hash of a PIN that nobody else of the pizzeria has (`staff.pin_taken`). Comparing takes a while
 * and so happens outside of the transaction; whoever changed a PIN meanwhile makes it begin again.
 */
async function withOwnPin<T>(
  { store, commit, clock }: Ground,
  { pizzeria, pin, except }: { pizzeria: string; pin: string; except?: string },
  work: (tx: Tx, append: Append, pinHash: string) => Promise<T>,
): Promise<T> {
  const pinHash = await hashPin(pin)
  const pins = (members: StaffMember[]) =>
    members
      .filter(({ id, removedAt }) => id !== except && (removedAt === null || removedAt > clock() - restorableMs))
      .map(({ pinHash }) => pinHash)
  for (;;) {
    const before = pins(await store.read((tx) => tx.everyStaffOf(pizzeria)))
    for (const other of before) if (await verifyPin(pin, other)) throw new Rejected('staff.pin_taken')
    const done = await commit(pizzeria, async (tx, append) => {
      const now = pins(await tx.everyStaffOf(pizzeria))
      if (now.some((hash) => !before.includes(hash))) return null
      return { result: await work(tx, append, pinHash) }
    })
    if (done) return done.result
  }
}

type What = 'added' | 'changed' | 'pin' | 'removed'

const note = (
  append: Append,
  {
    member: { id, name, role, pizzeria },
    what,
    actor,
    now,
  }: { member: StaffMember; what: What; actor: Actor; now: number },
) =>
  append({
    pizzeria,
    id: newId(now),
    subject: 'staff',
    version: 0,
    type: 'staff.changed',
    at: now,
    actor,
    data: { member: { id, name, role }, what },
  })

export interface NewMember {
  name: string
  role: Role
  /** Left out: six digits are made and answered once. */ pin?: string
}

/** Somebody new; they are asked for a PIN of their own when they first sign in. */
export async function addMember(ground: Ground, pizzeria: string, { name, role, pin }: NewMember, actor: Actor) {
  const given = pin ?? dicePin()
  const member = await withOwnPin(ground, { pizzeria, pin: given }, async (tx, append, pinHash) => {
    const made = { id: randomUUID(), pizzeria, name, role, pinHash, mustChangePin: true, removedAt: null }
    await tx.insertStaff(made)
    await note(append, { member: made, what: 'added', actor, now: ground.clock() })
    return made
  })
  return { member: viewMember(member), ...(pin === undefined && { pin: given }) }
}

async function requireMember(tx: Tx, pizzeria: string, id: string): Promise<StaffMember> {
  const member = (await tx.staffOf(pizzeria)).find((one) => one.id === id)
  if (!member) throw new Rejected('staff.unknown')
  return member
}

/** Refuses what would leave a pizzeria without a manager. */
async function requireOtherManager(tx: Tx, { pizzeria, id, role }: StaffMember) {
  if (role !== 'manager') return
  const others = (await tx.staffOf(pizzeria)).filter((one) => one.role === 'manager' && one.id !== id)
  if (others.length === 0) throw new Rejected('staff.last_manager')
}

export interface MemberChange {
  name?: string
  role?: Role
  /** A manager resets it: whoever signs in with it is asked for another. */ pin?: string
}

/** Another name, role or PIN. What they may do no longer, or with a PIN that is no longer theirs, ends at once. */
export async function changeMember(
  ground: Ground & { connections: Revocable },
  { pizzeria, id, change, actor }: { pizzeria: string; id: string; change: MemberChange; actor: Actor },
) {
  const { name, role, pin } = change
  const write = async (tx: Tx, append: Append, pinHash?: string) => {
    const before = await requireMember(tx, pizzeria, id)
    if (role && role !== 'manager') await requireOtherManager(tx, before)
    const set = { ...(name && { name }), ...(role && { role }), ...(pinHash && { pinHash, mustChangePin: true }) }
    await tx.updateStaff(id, set)
    const now = ground.clock()
    if (pinHash || (role && role !== before.role)) await tx.endMemberSessions(id, now)
    const after = { ...before, ...set }
    await note(append, { member: after, what: pinHash ? 'pin' : 'changed', actor, now })
    return viewMember(after)
  }
  const member =
    pin === undefined
      ? await ground.commit(pizzeria, (tx, append) => write(tx, append))
      : await withOwnPin(ground, { pizzeria, pin, except: id }, write)
  await ground.connections.endRevoked()
  return member
}

/** Somebody leaves: their sessions end, their name stays beside what they did. */
export async function removeMember(
  ground: Ground & { connections: Revocable },
  { pizzeria, id, actor }: { pizzeria: string; id: string; actor: Actor },
) {
  await ground.commit(pizzeria, async (tx, append) => {
    const member = await requireMember(tx, pizzeria, id)
    await requireOtherManager(tx, member)
    const now = ground.clock()
    await tx.updateStaff(id, { removedAt: now })
    await tx.endMemberSessions(id, now)
    await note(append, { member, what: 'removed', actor, now })
  })
  await ground.connections.endRevoked()
}

/**
 * Brings back somebody who was just removed, with their role and their PIN; they sign in again. `staff.unknown` for who
 * was not removed, or longer ago.
 */
export async function restoreMember(
  { commit, clock }: Ground,
  { pizzeria, id, actor }: { pizzeria: string; id: string; actor: Actor },
) {
  return await commit(pizzeria, async (tx, append) => {
    const now = clock()
    const member = (await tx.everyStaffOf(pizzeria)).find((one) => one.id === id)
    if (!member?.removedAt || member.removedAt <= now - restorableMs) throw new Rejected('staff.unknown')
    await tx.updateStaff(id, { removedAt: null })
    await note(append, { member, what: 'added', actor, now })
    return viewMember(member)
  })
}

/** Somebody chooses a PIN of their own, and says the one of now: a tablet that was left alone must not do it. */
export async function changeOwnPin(
  ground: Ground,
  { session, pin, next, actor }: { session: Session; pin: string; next: string; actor: Actor },
) {
  const { store, clock } = ground
  const { pizzeria, member: id } = session
  const waitMs = await store.write(null, (tx) => use(tx, 'knownPin', `own ${session.id}`, budgets.knownPin, clock()))
  if (waitMs > 0) throw slowDown(waitMs)
  const members = await store.read((tx) => tx.staffOf(pizzeria))
  const mine = members.find((one) => one.id === id)
  if (!mine) throw new Rejected('staff.unknown')
  if (!(await verifyPin(pin, mine.pinHash))) throw new Rejected('staff.pin_wrong')
  await withOwnPin(ground, { pizzeria, pin: next, except: mine.id }, async (tx, append, pinHash) => {
    await tx.updateStaff(mine.id, { pinHash, mustChangePin: false })
    await note(append, { member: mine, what: 'pin', actor, now: clock() })
  })
}
