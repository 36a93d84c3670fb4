import type { Order } from '../../shared/order/order.ts'
import { isActive } from '../../shared/order/moves.ts'
import { samePhone, withoutPeople } from '../../shared/order/people.ts'
import type { Tx } from '../../db/store.ts'
import type { Append, Context } from '../context.ts'
import { newId } from '../ground/ids.ts'
import type { Hub } from '../live/hub.ts'
import { inPieces } from '../ground/pieces.ts'
import { erasureList } from './list.ts'

const day = 86_400_000
/** How many orders one transaction erases, with their events: a few ms of work. */
const ordersAtOnce = 10
/** How many orders are looked at in one turn. */
const lookedAtOnce = 200

type Ground = Pick<Context, 'store' | 'commit' | 'config' | 'clock' | 'uptime' | 'life'> & {
  hub: Pick<Hub, 'forgetEvents'>
}

/** Whose data is erased: by phone number, or by the customer's own link. */
export type Erasing = { phone: string } | { tracking: string }

/**
 * Erases somebody from a pizzeria: from their orders, from the log, and on every screen that shows them. An order that
 * is still being made or waits to be collected keeps its name until it is over (`waiting`) and then loses it by itself.
 */
export async function erasePeople(
  ground: Ground,
  pizzeria: string,
  who: Erasing,
): Promise<{ erased: number; waiting: number }> {
  const { clock } = ground
  const found =
    'tracking' in who ? await ofTracking(ground, pizzeria, who.tracking) : await ofPhone(ground, pizzeria, who.phone)
  if (found.length === 0) return { erased: 0, waiting: 0 }
  // The list is written first: what it names and is not yet done is done at the next start.
  await erasureList(ground).note(
    found.map(({ id }) => id),
    clock(),
  )
  const over = found.filter(({ state }) => !isActive(state))
  await eraseAll(ground, over)
  return { erased: over.length, waiting: found.length - over.length }
}

async function ofTracking({ store }: Ground, pizzeria: string, tracking: string): Promise<Order[]> {
  const order = await store.read((tx) => tx.orderByTracking(tracking))
  if (order?.pizzeria !== pizzeria) return []
  return await store.read((tx) => tx.withPeopleAmong([order.id]))
}

async function ofPhone(ground: Ground, pizzeria: string, phone: string): Promise<Order[]> {
  const found: Order[] = []
  let after = { placedAt: 0, id: '' }
  await inPieces(ground, lookedAtOnce, async (limit) => {
    const page = await ground.store.read((tx) => tx.withPeopleAfter(pizzeria, after, limit))
    const last = page.at(-1)
    if (last) after = { placedAt: Date.parse(last.placedAt), id: last.id }
    found.push(...page.filter(({ customer }) => customer.phone && samePhone(customer.phone, phone)))
    return page.length
  })
  return found
}

/** Screens that still show one of these orders get it as it is now. */
async function eraseAll(ground: Ground, orders: Order[]) {
  for (const [pizzeria, left] of Map.groupBy(orders, (order) => order.pizzeria)) {
    await inPieces(ground, ordersAtOnce, async (limit) => {
      const piece = left.splice(0, limit)
      await ground.commit(pizzeria, async (tx, append) => {
        for (const { id } of piece) {
          const [order] = await tx.withPeopleAmong([id])
          if (order) await eraseOne(tx, append, order, ground.clock())
        }
      })
      return piece.length
    })
    ground.hub.forgetEvents(pizzeria)
  }
}

async function eraseOne(tx: Tx, append: Append, order: Order, now: number) {
  const after = withoutPeople({ ...order, version: order.version + 1, updatedAt: new Date(now).toISOString() })
  const event = await append({
    pizzeria: order.pizzeria,
    id: newId(now),
    subject: `order:${order.tracking}`,
    version: after.version,
    type: 'order.moved',
    at: now,
    actor: 'manager',
    data: after,
  })
  await tx.updateOrder(order, after, event.position)
  await tx.erasePeople(after)
}

/**
 * Erases people from orders on the list of erasures that still have them, after a restore or once the order is over,
 * and from orders that are older than the pizzeria keeps personal data. No screen shows these orders any more, so no
 * event is sent.
 */
export async function forgetPeople(ground: Ground) {
  await applyErasures(ground)
  const { store, clock } = ground
  for (const { id, peopleKeptDays } of await store.read((tx) => tx.pizzerias())) {
    if (peopleKeptDays === null) continue
    await inPieces(ground, ordersAtOnce, (limit) =>
      store.write(id, async (tx) => {
        const old = await tx.overWithPeople(id, clock() - peopleKeptDays * day, limit)
        for (const order of old) await tx.erasePeople(order)
        return old.length
      }),
    )
  }
}

/**
 * What the list says and the database does not, as after a restore. Orders that are not over keep their names for now.
 */
export async function applyErasures(ground: Ground) {
  const listed = await erasureList(ground).all()
  await inPieces(ground, lookedAtOnce, async (limit) => {
    const ids = listed.splice(0, limit)
    const named = (await ground.store.read((tx) => tx.withPeopleAmong(ids))).filter(({ state }) => !isActive(state))
    await eraseAll(ground, named)
    return ids.length
  })
}
