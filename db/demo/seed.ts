import { randomUUID } from 'node:crypto'
import type { Role } from '../../shared/order/roles.ts'
import { peopleKeptDays } from '../../shared/order/people.ts'
import type { Tx } from '../store.ts'
import { asEntries } from '../store/menu.ts'
import { napoli, type DemoPizzeria } from './napoli.ts'

/** Who works in the demo. The manager comes first, so that a PIN shared by all signs in as the manager. */
const members: { role: Role; name: string }[] = [
  { role: 'manager', name: 'Nonna Rosa' },
  { role: 'counter', name: 'Giulia' },
  { role: 'kitchen', name: 'Ciro' },
]

/** Fills an empty database with the demo pizzeria. */
export async function seedDemo(tx: Tx, pinHash: string, demo: DemoPizzeria = napoli) {
  const { id, name, currency, timezone, phone, address, kitchen, categories, crusts, policies } = demo
  await tx.insertPizzeria({
    id,
    name,
    currency,
    timezone,
    phone,
    address,
    peopleKeptDays: peopleKeptDays.usual,
    settings: { kitchen, policies, acceptByHand: false, hours: null, categories, crusts },
  })
  await tx.saveItems(id, asEntries(demo.items))
  await tx.saveToppings(id, asEntries(demo.toppings))
  for (const member of members)
    await tx.insertStaff({ id: randomUUID(), pizzeria: id, pinHash, mustChangePin: false, removedAt: null, ...member })
}

/** Gives every demo member a new PIN. */
export async function resetDemoPins(tx: Tx, pinHash: string, pizzeria = napoli.id) {
  for (const member of await tx.staffOf(pizzeria)) await tx.updateStaff(member.id, { pinHash, mustChangePin: false })
}
