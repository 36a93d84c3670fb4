import { randomUUID } from 'node:crypto'
import type { Entry } from '../../db/store/menu.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Session } from '../../shared/staff/session.ts'
import { isTakenId, type CopyInput } from '../../shared/staff/setup.ts'
import type { Context } from '../context.ts'
import { requirePizzeria } from '../menu/pizzeria.ts'
import { hashPin } from './pins.ts'
import { startSession } from './sessions.ts'

const onMenu = <T>(entries: Entry<T>[]) => entries.filter(({ archived }) => !archived)

/**
 * Opens another pizzeria like one that there is: its menu, hours and settings, with whoever asks as its manager.
 * Returns their session there. `pizzeria.exists` where the id is taken.
 */
export async function copyPizzeria(
  { store, trusted }: Pick<Context, 'store' | 'trusted'>,
  { from, copy: { id, name, pin }, by }: { from: string; copy: CopyInput; by: string },
): Promise<Session> {
  const pinHash = await hashPin(pin)
  return await store.write(id, async (tx) => {
    const source = await requirePizzeria(tx, from)
    if (isTakenId(id) || (await tx.pizzeria(id))) throw new Rejected('pizzeria.exists')
    const { currency, timezone, settings, country, peopleKeptDays } = source
    // The tables' codes lead to the tables there, and what was decided this evening holds there.
    const own = { ...settings, tables: [], closedUntil: null }
    await tx.insertPizzeria({ id, name, currency, timezone, settings: own, country, peopleKeptDays })
    await tx.copyPhotos(from, id)
    const { items, toppings } = await tx.menuBook(from)
    // What is out there, and how much is left, says nothing of the larder here.
    const here = { available: true, until: null }
    await tx.saveItems(
      id,
      onMenu(items).map((one) => ({ ...one, body: { ...one.body, ...here, stock: one.body.portions ?? null } })),
    )
    await tx.saveToppings(
      id,
      onMenu(toppings).map((one) => ({ ...one, body: { ...one.body, ...here } })),
    )
    const member = { id: randomUUID(), pizzeria: id, name: by, role: 'manager' as const }
    await tx.insertStaff({ ...member, pinHash, mustChangePin: false, removedAt: null })
    return await startSession(tx, {
      pizzeria: id,
      kind: 'staff',
      role: 'manager',
      name: by,
      screen: null,
      member: member.id,
      now: trusted.now(),
    })
  })
}
