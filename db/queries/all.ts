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
  /** A transaction has begun: empties what only the last one could know. */
  began(): void
}

/** All that can be asked on one connection, for every dialect. */
export function allQueries(on: Pick<Database, 'db' | 'schema'>): Transaction {
  const caches = { rollback: [] as { clear(): void }[], commit: [] as { clear(): void }[] }
  const remember: Database['remember'] = (cache, until = 'rollback') => {
    caches[until].push(cache)
    return cache
  }
  const database: Database = {
    ...on,
    remember,
    pizzeriaRows: remember(new Map(), 'commit'),
    staleDays: remember(new Set(), 'commit'),
  }
  const began = () => caches.commit.forEach((cache) => cache.clear())
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
  const forget = () => {
    began()
    caches.rollback.forEach((cache) => cache.clear())
  }
  return { tx, forget, began }
}
