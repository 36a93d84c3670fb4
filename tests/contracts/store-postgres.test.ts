import { afterAll, beforeAll, describe } from 'vitest'
import pg from 'pg'
import { migrationsIn } from '../../db/migrate.ts'
import { openPostgres } from '../../db/postgres.ts'
import type { Store } from '../../db/store.ts'
import { noPostgres, startCluster, type Cluster } from '../support/postgres.ts'
import { queriesSuite } from './queries-suite.ts'
import { storeSuite, type OpenOptions, type Subject } from './store-suite.ts'

const migrations = migrationsIn(new URL('../../db/migrations/postgres/', import.meta.url))

if (noPostgres) console.warn(noPostgres)

describe.skipIf(noPostgres)('on PostgreSQL', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster.dispose())

  async function open(first: OpenOptions): Promise<Subject & { url: string }> {
    const url = await cluster.createDatabase()
    const stores = new Set<Store>()
    const openStore = async ({ lockWaitMs } = first): Promise<Store> => {
      const store = await openPostgres({ url, migrations, lockWaitMs })
      stores.add(store)
      return { ...store, close: () => (stores.delete(store) ? store.close() : Promise.resolve()) }
    }
    return {
      url,
      store: await openStore(),
      reopen: openStore,
      async lock() {
        const other = new pg.Client({ connectionString: url })
        await other.connect()
        await other.query('BEGIN; SELECT FROM pizzerias FOR UPDATE')
        return async () => {
          await other.query('ROLLBACK')
          await other.end()
        }
      },
      async dispose() {
        await Promise.all([...stores].map((store) => store.close()))
      },
    }
  }

  storeSuite('PostgreSQL', open)
  queriesSuite('PostgreSQL', open)
})
