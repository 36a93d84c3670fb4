import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { seedDemo } from '../../../db/demo/seed.ts'
import { migrationsIn } from '../../../db/migrate.ts'
import { openPostgres } from '../../../db/postgres.ts'
import type { Store } from '../../../db/store.ts'
import { noPostgres, startCluster, type Cluster } from '../../support/postgres.ts'
import { newEvent, pizzeria, type OpenOptions, type Subject } from '../store-suite.ts'

export const migrations = migrationsIn(new URL('../../../db/migrations/postgres/', import.meta.url))

if (noPostgres) console.warn(noPostgres)

/** Writes one event of the demo pizzeria. */
export const appendTo = (store: Pick<Store, 'write'>) => store.write(pizzeria, (tx) => tx.append(newEvent()))

/** A PostgreSQL for the tests of a file, and databases of it. */
export function usePostgres() {
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
  return { cluster: () => cluster, open }
}

/** A database of its own for each test, with the demo pizzerias in it. */
export function useDatabase() {
  const { cluster, open } = usePostgres()
  let subject: Awaited<ReturnType<typeof open>>
  beforeEach(async () => {
    subject = await open({ lockWaitMs: 3000 })
    await store.write(null, (tx) => seedDemo(tx, 'hash'))
  })
  afterEach(() => subject.dispose())

  const store: Pick<Store, 'read' | 'write'> = {
    read: (work) => subject.store.read(work),
    write: (of, work) => subject.store.write(of, work),
  }
  const url = () => subject.url
  const database = () => new URL(url()).pathname.slice(1)
  return {
    cluster,
    store,
    url,
    database,
    reopen: (options?: OpenOptions) => subject.reopen(options),
    ask: <Row>(text: string) => cluster().ask<Row>(text, database()),
    append: (on = store) => appendTo(on),
    positions: async (on = store) =>
      (await on.read((tx) => tx.eventsAfter(pizzeria, 0, 1000))).map(({ position }) => position),
  }
}
