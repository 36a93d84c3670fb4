import { describe, expect, it } from 'vitest'
import { seedDemo } from '../../../db/demo/seed.ts'
import { openPostgres } from '../../../db/postgres.ts'
import { buildOrder } from '../../support/build.ts'
import { freePort, noPostgres, startCluster } from '../../support/postgres.ts'
import { pizzeria } from '../store-suite.ts'
import { appendTo, migrations, usePostgres } from './subject.ts'

describe.skipIf(noPostgres)('a PostgreSQL database that is opened', () => {
  const { cluster } = usePostgres()

  it('[LOG-11] a database whose encoding lacks letters is refused at the start, by one sentence', async () => {
    await cluster().ask(`CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'`)
    await expect(openPostgres({ url: cluster().urlOf('latin'), migrations })).rejects.toThrow(
      'PostgreSQL at 127.0.0.1 cannot be used: the database has the encoding LATIN1, but it must be UTF8.',
    )
  })

  it('[LOG-8] what cannot be reached at the start says where it was looked for, and no password', async () => {
    const url = `postgres://comanda:hunter2@localhost:${await freePort()}/comanda`
    const error = (await openPostgres({ url, migrations }).catch((error: unknown) => error)) as Error
    expect(error.message).toMatch(/^PostgreSQL at localhost cannot be used: connect ECONNREFUSED \S+\.$/)
  })

  it("[CTR-5] [LOG-11] an older database learns its orders' phones, whatever else is written in them", async () => {
    const url = await cluster().createDatabase()
    const old = {
      async read(path: string) {
        const text = await migrations.read(path)
        if (path !== 'meta/_journal.json') return text
        const journal = JSON.parse(text) as { entries: { idx: number }[] }
        return JSON.stringify({ ...journal, entries: journal.entries.filter(({ idx }) => idx <= 10) })
      },
    }
    await (await openPostgres({ url, migrations: old })).close()
    const askThere = <Row>(text: string) => cluster().ask<Row>(text, new URL(url).pathname.slice(1))
    await askThere(
      `INSERT INTO pizzerias (id, name, currency, timezone, settings) VALUES ('napoli', 'N', 'EUR', 'UTC', '{}')`,
    )
    const phone = '+33612345678'
    const customers = [
      { order: { customer: { name: 'Ada', phone } }, found: true },
      { order: { note: 'no \0 nuts \ud83c', customer: { name: 'A } "\\ b', phone } }, found: true },
      { order: { customer: { phone, name: 'Ada' } }, found: true },
      { order: { customer: { name: 'Ada', phone: null } }, found: false },
      { order: { note: `"customer":{"phone":"${phone}"`, customer: { name: 'Ada', phone: null } }, found: false },
      { order: { customer: { name: 'Ada', phone } }, people: false, found: false },
    ]
    for (const [number, { order, people = true }] of customers.entries()) {
      const body = JSON.stringify({ ...buildOrder(), note: null, ...order, id: `o${number}` }).replaceAll("'", "''")
      await askThere(
        `INSERT INTO orders (id, pizzeria, tracking, day, number, test, state, pizzas, promise_at, placed_at,
          updated_at, position, people, body) VALUES ('o${number}', 'napoli', 't${number}', '2026-01-01', ${number},
          false, 'collected', 1, 1, ${number}, 1, 1, ${people}, '${body}')`,
      )
    }
    const now = await openPostgres({ url, migrations })
    const ids = (await now.read((tx) => tx.ordersOfPhone(pizzeria, phone, 10))).map(({ id }) => id)
    expect(ids.sort()).toEqual(customers.flatMap(({ found }, number) => (found ? [`o${number}`] : [])))
    await now.close()
  })

  it('[LOG-12] ten nodes migrate a new database in the same moment', async () => {
    const url = await cluster().createDatabase()
    const stores = await Promise.all(Array.from({ length: 10 }, () => openPostgres({ url, migrations })))
    expect(new Set(await Promise.all(stores.map((one) => one.read((tx) => tx.epoch())))).size).toBe(1)
    await Promise.all(stores.map((one) => one.close()))
  })

  it('[LOG-9] a promoted standby that lost what was acknowledged has another epoch', async () => {
    const primary = await startCluster()
    const url = await primary.createDatabase('comanda')
    const before = await openPostgres({ url, migrations })
    await before.write(null, (tx) => seedDemo(tx, 'hash'))
    await appendTo(before)
    const standby = await primary.standby()
    const epoch = await before.read((tx) => tx.epoch())
    // Two that never reach it.
    const lost = [await appendTo(before), await appendTo(before)]
    expect(lost.map(({ position }) => position)).toEqual([2, 3])
    await primary.kill('SIGQUIT')
    await standby.promote()
    const after = await openPostgres({ url: standby.urlOf('comanda'), migrations })
    expect(await after.read((tx) => tx.epoch())).not.toBe(epoch)
    expect(await after.write(pizzeria, (tx) => tx.epoch())).toBe(await after.read((tx) => tx.epoch()))
    expect((await appendTo(after)).position).toBeLessThanOrEqual(4)
    await Promise.all([before.close(), after.close()])
    await Promise.all([primary.dispose(), standby.dispose()])
  }, 60_000)
})
