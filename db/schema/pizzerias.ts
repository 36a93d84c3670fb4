import type { PizzeriaSettings } from '../../shared/menu/pizzeria.ts'
import type { Columns } from '../columns.ts'

/** The partition: every order, event and position belongs to exactly one. */
const pizzeriaTable = ({ table, text, integer, timestamp, document }: Columns) =>
  table('pizzerias', {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    currency: text('currency').notNull(),
    timezone: text('timezone').notNull(),
    settings: document<PizzeriaSettings>('settings').notNull(),
    pausedUntil: timestamp('paused_until'),
    busyMinutes: integer('busy_minutes').notNull().default(0),
    /** Head of the log: the position of the newest event. */
    position: integer('position').notNull().default(0),
    /** The oldest position that is still kept. */
    oldest: integer('oldest').notNull().default(1),
    menuVersion: integer('menu_version').notNull().default(0),
    /** Written by builds before `numbers`, and not changed since. */
    day: text('day').notNull().default(''),
    lastNumber: integer('last_number').notNull().default(0),
    /** How many days an order keeps personal data; null: nobody has decided yet, and nothing is erased. */
    peopleKeptDays: integer('people_kept_days'),
    /** ISO 3166-1 alpha-2: how a phone number without a country is read. */
    country: text('country').notNull().default('FR'),
    phone: text('phone'),
    address: text('address'),
    /** How often somebody's session was ended here: channels of a foreign carrier have a new name after each. */
    revocations: integer('revocations').notNull().default(0),
  })

/** The vocabulary of the other tables, with the column of a row that belongs to a pizzeria. */
export function withPizzerias(columns: Columns) {
  const pizzerias = pizzeriaTable(columns)
  const ofPizzeria = () =>
    columns
      .text('pizzeria')
      .notNull()
      .references(() => pizzerias.id)
  return { ...columns, pizzerias, ofPizzeria }
}

export type Vocabulary = ReturnType<typeof withPizzerias>
