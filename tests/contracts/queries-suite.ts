import { describe } from 'vitest'
import { seed } from '../support/seed.ts'
import { openAsked } from './queries/asked.ts'
import { budgetQueriesSuite } from './queries/budgets-suite.ts'
import { erasureQueriesSuite } from './queries/erasure-suite.ts'
import { kitchenLoadQueriesSuite } from './queries/kitchen-load-suite.ts'
import { menuQueriesSuite } from './queries/menu-suite.ts'
import { orderQueriesSuite } from './queries/orders-suite.ts'
import { peopleQueriesSuite } from './queries/people-suite.ts'
import { screenQueriesSuite } from './queries/screens-suite.ts'
import { shownQueriesSuite } from './queries/shown-suite.ts'
import type { OpenSubject } from './store-suite.ts'

/** What the server asks of its database, on any adapter: all dialects must give the same answers. */
export function queriesSuite(name: string, open: OpenSubject) {
  describe(`the queries on ${name} (COMANDA_SEED=${seed})`, () => {
    const asked = openAsked(open)
    orderQueriesSuite(asked)
    kitchenLoadQueriesSuite(asked)
    shownQueriesSuite(asked)
    budgetQueriesSuite(asked)
    menuQueriesSuite(asked)
    peopleQueriesSuite(asked)
    erasureQueriesSuite(asked)
    screenQueriesSuite(asked)
  })
}
