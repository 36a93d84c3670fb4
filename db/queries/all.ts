import type { Pizzeria } from '../../shared/menu/pizzeria.ts'
import type { Database } from '../database.ts'
import type { Tx } from '../store.ts'
import { answerQueries } from './answers.ts'
import { budgetQueries } from './budgets.ts'
import { cursorQueries } from './cursors.ts'
import { erasureQueries } from './erasure.ts'
import { figuresQueries } from './figures.ts'
import { hookQueries } from './hooks.ts'
import { installationQueries } from './installation.ts'
import { kitchenLoadQueries } from './kitchen-load.ts'
import { logQueries } from './log.ts'
import { menuQueries } from './menu.ts'
import { numberQueries } from './numbers.ts'
import { orderListQueries } from './order-lists.ts'
import { orderQueries } from './orders.ts'
import { peopleQueries } from './people.ts'
import { photoQueries } from './photos.ts'
import { pizzeriaQueries } from './pizzerias.ts'
import { planQueries } from './plans.ts'
import { pushQueries } from './pushes.ts'
import { rehearsalQueries } from './rehearsals.ts'
import { screenQueries } from './screens.ts'
import { setupQueries } from './setups.ts'
import { shownQueries } from './shown.ts'
import { staleDayQueries } from './stale-days.ts'

export interface Transaction {
  tx: Tx
  /** Empties what was kept from reading. */
  forget(): void
  /**
   * A transaction has begun: empties what only the last one could know. It alone writes to the pizzerias that it holds,
   * whose rows these are.
   */
  began(held?: readonly Pizzeria[]): void
}

/** All that can be asked on one connection, for every dialect. */
export function allQueries(on: Pick<Database, 'db' | 'schema'>): Transaction {
  const caches = { rollback: [] as { clear(): void }[], commit: [] as { clear(): void }[] }
  const remember: Database['remember'] = (cache, until = 'rollback') => {
    caches[until].push(cache)
    return cache
  }
  const ofEach: Map<string, unknown>[] = []
  const positions = remember(new Map<string, number>(), 'commit')
  /** Where those stood when the transactions before this one were done. */
  const before = remember(new Map<string, number>())
  const database: Database = {
    ...on,
    remember,
    rememberEach(cache) {
      ofEach.push(cache)
      return remember(cache)
    },
    positions,
    hold(pizzeria, position) {
      if (before.get(pizzeria) !== position) ofEach.forEach((cache) => cache.delete(pizzeria))
      positions.set(pizzeria, position)
    },
    moveOn(pizzeria, position) {
      positions.set(pizzeria, position)
      const row = database.pizzeriaRows.get(pizzeria)
      if (row) database.pizzeriaRows.set(pizzeria, { ...row, position })
      const load = database.kitchenLoads.get(pizzeria)
      if (load?.position === position - 1) load.position = position
    },
    pizzeriaRows: remember(new Map(), 'commit'),
    kitchenLoads: remember(new Map()),
    staleDays: remember(new Set(), 'commit'),
  }
  function began(held: readonly Pizzeria[] = []) {
    for (const [pizzeria, position] of positions) before.set(pizzeria, position)
    caches.commit.forEach((cache) => cache.clear())
    for (const row of held) {
      database.hold(row.id, row.position)
      database.pizzeriaRows.set(row.id, row)
    }
  }
  const { countIn, ...kitchenLoad } = kitchenLoadQueries(database)
  const { noteChange } = staleDayQueries(database)
  const tx: Tx = {
    ...answerQueries(database),
    ...budgetQueries(database),
    ...kitchenLoad,
    ...logQueries(database),
    ...cursorQueries(database),
    ...hookQueries(database),
    ...erasureQueries(database),
    ...figuresQueries(database),
    ...installationQueries(database),
    ...menuQueries(database),
    ...numberQueries(database),
    ...orderListQueries(database),
    ...orderQueries(database, { countIn, noteChange }),
    ...peopleQueries(database),
    ...photoQueries(database),
    ...pizzeriaQueries(database),
    ...planQueries(database),
    ...pushQueries(database),
    ...rehearsalQueries(database),
    ...screenQueries(database),
    ...setupQueries(database),
    ...shownQueries(database),
  }
  const forget = () => [...caches.commit, ...caches.rollback].forEach((cache) => cache.clear())
  return { tx, forget, began }
}
