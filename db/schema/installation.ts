import type { Vocabulary } from './pizzerias.ts'

export function installationTables({ table, text, timestamp }: Vocabulary) {
  /**
   * Secrets of the installation that all of its nodes share. Without other nodes they lie in a file beside the
   * database, which a copy of the database does not hold.
   */
  const secrets = table('secrets', {
    name: text('name').primaryKey(),
    value: text('value').notNull(),
  })

  /** Orders whose people were erased, or are to be once they are over; without other nodes, a file as well. */
  const erasures = table('erasures', {
    order: text('order').primaryKey(),
    at: timestamp('at').notNull(),
  })

  return { secrets, erasures }
}
