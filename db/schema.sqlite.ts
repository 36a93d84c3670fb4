import { sqlite } from './columns.ts'
import { defineSchema } from './schema.ts'

export const {
  log,
  pizzerias,
  numbers,
  rehearsals,
  events,
  orders,
  items,
  toppings,
  idempotency,
  staff,
  sessions,
  screens,
  pairings,
} = defineSchema(sqlite)
