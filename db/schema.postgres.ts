import { postgres } from './columns.ts'
import { defineSchema } from './schema.ts'

export const {
  cursors,
  hooks,
  deliveries,
  log,
  secrets,
  erasures,
  budgets,
  trust,
  pizzerias,
  numbers,
  days,
  rehearsals,
  events,
  orders,
  items,
  toppings,
  idempotency,
  staff,
  sessions,
  setups,
  screens,
  pairings,
  pushes,
} = defineSchema(postgres)
