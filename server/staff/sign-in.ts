import type { Role } from '../../shared/order/roles.ts'
import type { Session } from '../../shared/staff/session.ts'
import type { Tx } from '../../db/store.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { giveBack, slowDown, use, useShared } from '../budgets/budgets.ts'
import { budgets } from '../budgets/table.ts'
import type { Append, Context } from '../context.ts'
import { newId } from '../ground/ids.ts'
import { verifyPin } from './pins.ts'
import { startSession } from './sessions.ts'

export interface SignIn {
  pizzeria: string
  pin: string
  role?: Role
  /** The address it comes from, as a hash. */ address: string
  /** The device, as a hash, where staff of this pizzeria have signed in on it before. */ device: string | null
}

export interface SignedIn {
  session: Session
  /** The PIN is an earlier build's, or a manager has given it: ask for another. */
  mustChangePin: boolean
}

/**
 * Signs in with a PIN. A try is counted before the PIN is checked, so tries that come at once are each counted, on
 * every node; the right PIN gives its try back. Strangers' tries never slow down a device that staff have used.
 */
export async function signIn(
  { store, commit, trusted }: Pick<Context, 'store' | 'commit' | 'trusted'>,
  { pin, role, ...from }: SignIn,
): Promise<SignedIn> {
  const { pizzeria } = from
  const members = (await store.read((tx) => tx.staffOf(pizzeria))).filter((member) => !role || member.role === role)
  if (members.length === 0) throw new Rejected('staff.pin_wrong')
  const waitMs = await commit(pizzeria, (tx, append) => countTry(tx, append, from, trusted.now()))
  if (waitMs > 0) throw slowDown(waitMs)
  for (const member of members) {
    if (!(await verifyPin(pin, member.pinHash))) continue
    return await store.write(pizzeria, async (tx) => {
      await giveTryBack(tx, from, trusted.now())
      const { id, role, name, mustChangePin } = member
      const session = await startSession(tx, {
        pizzeria,
        kind: 'staff',
        role,
        name,
        screen: null,
        member: id,
        now: trusted.now(),
      })
      return { session, mustChangePin }
    })
  }
  throw new Rejected('staff.pin_wrong')
}

/** Of a browser's sessions elsewhere those that this PIN opens too: whoever signs in next is not whoever was before. */
export async function ofSamePerson({ store }: Pick<Context, 'store'>, sessions: Session[], pin: string) {
  const same: Session[] = []
  for (const session of sessions) {
    const members = await store.read((tx) => tx.staffOf(session.pizzeria))
    const member = members.find(({ id }) => id === session.member)
    if (member && (await verifyPin(pin, member.pinHash))) same.push(session)
  }
  return same
}

type From = Pick<SignIn, 'pizzeria' | 'address' | 'device'>
const strangers = ({ pizzeria, address }: From) => ({ one: `${pizzeria} ${address}`, all: pizzeria })
const known = ({ pizzeria, device }: From) => `${pizzeria} ${device}`

/** Counts one try. Returns the ms to wait when no tries are left; the counter is then told that somebody guesses. */
async function countTry(tx: Tx, append: Append, from: From, now: number): Promise<number> {
  if (from.device) return await use(tx, 'knownPin', known(from), budgets.knownPin, now)
  const waitMs = await useShared(tx, 'pin', strangers(from), budgets.pin, now)
  if (waitMs > 0 && (await use(tx, 'pinTold', from.pizzeria, budgets.pinTold, now)) === 0)
    await append({
      pizzeria: from.pizzeria,
      id: newId(now),
      subject: 'staff',
      version: 0,
      type: 'staff.guessing',
      at: now,
      actor: 'system',
      data: { at: new Date(now).toISOString() },
    })
  return waitMs
}

async function giveTryBack(tx: Tx, from: From, now: number) {
  if (from.device) return await giveBack(tx, 'knownPin', known(from), budgets.knownPin, now)
  const { one, all } = strangers(from)
  await giveBack(tx, 'pin', one, budgets.pin.one, now)
  await giveBack(tx, 'pin', all, budgets.pin.all, now)
}
