import type { Columns } from './columns.ts'
import { answerTables } from './schema/answers.ts'
import { budgetTables } from './schema/budgets.ts'
import { cursorTables } from './schema/cursors.ts'
import { figuresTables } from './schema/figures.ts'
import { hookTables } from './schema/hooks.ts'
import { installationTables } from './schema/installation.ts'
import { logTables } from './schema/log.ts'
import { menuTables } from './schema/menu.ts'
import { numberTables } from './schema/numbers.ts'
import { orderTables } from './schema/orders.ts'
import { peopleTables } from './schema/people.ts'
import { photoTables } from './schema/photos.ts'
import { withPizzerias } from './schema/pizzerias.ts'
import { planTables } from './schema/plans.ts'
import { pushTables } from './schema/pushes.ts'
import { rehearsalTables } from './schema/rehearsals.ts'
import { screenTables } from './schema/screens.ts'
import { setupTables } from './schema/setups.ts'

/** The tables, written once for both dialects. Times are milliseconds since 1970, UTC. */
export function defineSchema(columns: Columns) {
  const vocabulary = withPizzerias(columns)
  return {
    pizzerias: vocabulary.pizzerias,
    ...logTables(vocabulary),
    ...orderTables(vocabulary),
    ...numberTables(vocabulary),
    ...answerTables(vocabulary),
    ...figuresTables(vocabulary),
    ...rehearsalTables(vocabulary),
    ...menuTables(vocabulary),
    ...planTables(vocabulary),
    ...photoTables(vocabulary),
    ...peopleTables(vocabulary),
    ...setupTables(vocabulary),
    ...screenTables(vocabulary),
    ...budgetTables(vocabulary),
    ...pushTables(vocabulary),
    ...hookTables(vocabulary),
    ...cursorTables(vocabulary),
    ...installationTables(vocabulary),
  }
}

export type Schema = ReturnType<typeof defineSchema>
