import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { firstMenus } from '../../db/demo/first-menus.ts'
import type { Store, Tx } from '../../db/store.ts'
import { asEntries } from '../../db/store/menu.ts'
import { peopleKeptDays } from '../../shared/order/people.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Session } from '../../shared/staff/session.ts'
import { isTakenId, type SetupInput } from '../../shared/staff/setup.ts'
import { giveBack, slowDown, useShared } from '../budgets/budgets.ts'
import { budgets } from '../budgets/table.ts'
import type { Context } from '../context.ts'
import { hashPin } from './pins.ts'
import { startSession } from './sessions.ts'

/** How long a link opens a pizzeria, ms. */
const lastsMs = 24 * 3_600_000

const hash = (token: string) => createHash('sha256').update(`setup ${token}`).digest('base64url')

/** Makes a one-time link's token good for a day from `now` (ms); one that was used stays used. Returns it. */
export async function allowSetup(
  store: Store,
  now: number,
  token = randomBytes(24).toString('base64url'),
): Promise<string> {
  await store.write(null, (tx) => tx.keepSetup(hash(token), now + lastsMs))
  return token
}

/** The link as people open it. */
export const setupLink = (site: string, token: string) => `${site}setup/${encodeURIComponent(token)}`

type Ground = Pick<Context, 'store' | 'clock'>

/**
 * Until when a link is good, ms. Throws `setup.unknown`, `setup.used` or `setup.expired`; who guesses (`address`, a
 * hash) is slowed down. A try is counted before the token is looked at, and given back when it was a real one.
 */
export async function checkSetup({ store, clock }: Ground, token: string, address: string): Promise<number> {
  const now = clock()
  const guesses = { one: address, all: '' }
  const waitMs = await store.write(null, (tx) => useShared(tx, 'setup', guesses, budgets.setup, now))
  if (waitMs > 0) throw slowDown(waitMs)
  const found = await store.read((tx) => tx.setup(hash(token)))
  if (!found) throw new Rejected('setup.unknown')
  await store.write(null, async (tx) => {
    await giveBack(tx, 'setup', guesses.one, budgets.setup.one, now)
    await giveBack(tx, 'setup', guesses.all, budgets.setup.all, now)
  })
  return await requireUnused(found, now)
}

function requireUnused(found: { usedAt: number | null; expiresAt: number }, now: number): number {
  if (found.usedAt !== null) throw new Rejected('setup.used')
  if (found.expiresAt <= now) throw new Rejected('setup.expired')
  return found.expiresAt
}

/**
 * Opens a pizzeria with its first manager, who is signed in. The link is used up in the same transaction: of two who
 * come at once one is told `setup.used`. `pizzeria.exists` leaves it good for another id.
 */
export async function setUp(
  ground: Ground,
  { token, pizzeria, manager, menu }: SetupInput,
  address: string,
): Promise<Session> {
  const { store, clock } = ground
  await checkSetup(ground, token, address)
  const pinHash = await hashPin(manager.pin)
  return await store.write(pizzeria.id, async (tx) => {
    const now = clock()
    const found = await tx.setup(hash(token))
    requireUnused(found!, now)
    if (isTakenId(pizzeria.id) || (await tx.pizzeria(pizzeria.id))) throw new Rejected('pizzeria.exists')
    if (!(await tx.useSetup(hash(token), pizzeria.id, now))) throw new Rejected('setup.used')
    await insertPizzeria(tx, pizzeria, menu)
    const member = { id: randomUUID(), pizzeria: pizzeria.id, name: manager.name, role: 'manager' as const }
    await tx.insertStaff({ ...member, pinHash, mustChangePin: false, removedAt: null })
    return await startSession(tx, {
      pizzeria: pizzeria.id,
      kind: 'staff',
      role: 'manager',
      name: manager.name,
      screen: null,
      member: member.id,
      now,
    })
  })
}

/** A new pizzeria's rows. Its kitchen begins as the demo's: two at the bench and an oven of six. */
async function insertPizzeria(tx: Tx, { languages, ...pizzeria }: SetupInput['pizzeria'], menu: SetupInput['menu']) {
  const { kitchen, policies, categories, crusts, items, toppings } = firstMenus[menu]
  await tx.insertPizzeria({
    ...pizzeria,
    peopleKeptDays: peopleKeptDays.usual,
    settings: { kitchen, policies, acceptByHand: false, hours: null, categories, crusts, languages },
  })
  await tx.saveItems(pizzeria.id, asEntries(items))
  await tx.saveToppings(pizzeria.id, asEntries(toppings))
}
