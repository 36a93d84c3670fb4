import pg from 'pg'
import { seedDemo } from '../db/demo/seed.ts'
import { migrationsIn } from '../db/migrate.ts'
import { openPostgres } from '../db/postgres.ts'
import { Connection } from '../db/postgres/connection.ts'
import { createLane } from '../db/postgres/lane.ts'
import { transactionOn } from '../db/postgres/transaction.ts'
import type { Store } from '../db/store.ts'
import { napoli } from '../db/demo/napoli.ts'
import type { DurableResult } from './durable-writers.ts'
import { missingAndSurplus, place } from './lib/placing.ts'
import { argument, say } from './lib/process.ts'

/**
 * How writers come to their commit: `group`, as the server does; `single`, the same lanes with a transaction for each;
 * `pool`, a transaction for each on whichever of 16 connections is free, where those of one pizzeria wait for its row.
 */
export type Way = 'group' | 'single' | 'pool'

/** Orders placed through the real code into a new PostgreSQL database, by writers in this one process. */
export interface PostgresLoad {
  url: string
  way: Way
  pizzerias: number
  writers: number
  seconds: number
}

const poolSize = 16
const { url, way, pizzerias: count, ...load } = argument<PostgresLoad>()
const migrations = migrationsIn(new URL('../db/migrations/postgres/', import.meta.url))
const pizzerias = ['napoli', ...Array.from({ length: count - 1 }, (_, nth) => `napoli-${nth + 2}`)]

const first = await openPostgres({ url, migrations })
for (const id of pizzerias) await first.write(null, (tx) => seedDemo(tx, 'no pin', { ...napoli, id }))
await first.close()

const store = way === 'pool' ? pooled() : await openPostgres({ url, migrations, ...(way === 'single' && { batch: 1 }) })
const { perSecond, latency, acknowledged } = await place(store, { pizzerias, ...load })
await store.close()

const client = new pg.Client({ connectionString: url })
await client.connect()
const { rows } = await client.query<{ tracking: string }>('SELECT tracking FROM orders')
await client.end()
const held = new Set(rows.map(({ tracking }) => tracking))
say({ perSecond, latency, ...missingAndSurplus(acknowledged, held) } satisfies DurableResult)

function pooled(): Store {
  const limits = { url, lockWaitMs: 20_000, answerMs: 20_000 }
  const all: Connection[] = []
  const connect = (renewed?: () => void) => {
    const connection = new Connection(limits, renewed)
    all.push(connection)
    return connection
  }
  const judge = connect()
  const lanes = Array.from({ length: poolSize }, () => {
    const connection = connect(() => transaction.forget())
    const transaction = transactionOn(connection)
    return createLane({ connection, transaction, judge, batch: 1, lockWaitMs: limits.lockWaitMs })
  })
  const free = [...lanes]
  const waiting: ((lane: (typeof lanes)[number]) => void)[] = []
  const take = () =>
    new Promise<(typeof lanes)[number]>((resolve) => (free[0] ? resolve(free.pop()!) : waiting.push(resolve)))
  const write: Store['write'] = async (pizzeria, work) => {
    const lane = await take()
    try {
      return await lane.write(pizzeria, work)
    } finally {
      const next = waiting.shift()
      if (next) next(lane)
      else free.push(lane)
    }
  }
  const never = () => Promise.reject(new Error('these writers only write'))
  return {
    write,
    read: never,
    alone: never,
    close: async () => void (await Promise.all(all.map((connection) => connection.close()))),
  }
}
