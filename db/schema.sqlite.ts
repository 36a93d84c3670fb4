import { sqlite } from './columns.ts'
import { defineSchema } from './schema.ts'

export const { log, pizzerias, events, orders, items, toppings, idempotency, staff, sessions, screens, pairings } =
  defineSchema(sqlite)
