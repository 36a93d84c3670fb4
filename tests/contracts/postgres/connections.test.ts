import { describe, expect, it } from 'vitest'
import { openPostgres } from '../../../db/postgres.ts'
import { noPostgres } from '../../support/postgres.ts'
import { newEvent, pizzeria } from '../store-suite.ts'
import { migrations, useDatabase } from './subject.ts'

describe.skipIf(noPostgres)('connections to PostgreSQL that are lost', () => {
  const { cluster, url, store, reopen, ask, append, positions } = useDatabase()
  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  const others = 'datname = current_database() AND pid <> pg_backend_pid()'
  /** The backends of this database that are in the middle of this. */
  const busyWith = async (where: string) =>
    (await ask<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE ${others} AND ${where}`)).map(({ pid }) => pid)
  async function inCommit(): Promise<number> {
    for (;;) {
      const [pid] = await busyWith("query = 'COMMIT' AND state = 'active'")
      if (pid) return pid
    }
  }

  it('[LOG-10] killed in COMMIT before it was committed: it is run again, once', async () => {
    await ask(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN PERFORM pg_sleep(1); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON events DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION slow()`)
    const writing = append()
    const pid = await inCommit()
    await ask(`DROP TRIGGER slow ON events`).catch(() => {})
    await ask(`SELECT pg_terminate_backend(${pid})`)
    expect((await writing).position).toBe(1)
    expect(await positions()).toEqual([1])
  }, 20_000)

  it('[LOG-10] killed in COMMIT after it was committed: its writer is told yes, nothing is there twice', async () => {
    // Committed here, it waits for a standby that will never say so.
    await cluster().ask("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    await cluster().ask('SELECT pg_reload_conf()')
    try {
      const writing = Promise.all([append(), append(), append()])
      await ask(`SELECT pg_terminate_backend(${await inCommit()})`)
      expect((await writing).map(({ position }) => position)).toEqual([1, 2, 3])
      // Also where it left no event: the server has not crashed, so its number is its own.
      const keeping = store.write(null, (tx) => tx.keepSecret('word', 'kept'))
      await ask(`SELECT pg_terminate_backend(${await inCommit()})`)
      await keeping
    } finally {
      await cluster().ask('ALTER SYSTEM RESET synchronous_standby_names')
      await cluster().ask('SELECT pg_reload_conf()')
    }
    expect(await positions()).toEqual([1, 2, 3])
    expect(await store.read((tx) => tx.secret('word'))).toBe('kept')
    expect((await append()).position).toBe(4)
  }, 20_000)

  it('[LOG-8] a backend that freezes: its writers are told within the time, and others go on', async () => {
    const hasty = await openPostgres({ url: url(), migrations, lockWaitMs: 500, answerMs: 500 })
    await append(hasty)
    const [pid] = await busyWith(
      "query = 'COMMIT' AND backend_xid IS NULL AND application_name = 'comanda' ORDER BY query_start DESC",
    )
    process.kill(pid!, 'SIGSTOP')
    try {
      const began = performance.now()
      expect(await code(append(hasty))).toBe('server.busy')
      expect(performance.now() - began).toBeLessThan(3000)
      expect((await append(hasty)).position).toBe(2)
    } finally {
      process.kill(pid!, 'SIGCONT')
    }
    expect(await positions()).toEqual([1, 2])
    await hasty.close()
  })

  it('[LOG-8] every connection killed: readers and writers go on by themselves', async () => {
    await append()
    await ask(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`)
    expect((await append()).position).toBe(2)
    expect(await positions()).toEqual([1, 2])
  })

  it('[LOG-2] a node that stops in the middle of a transaction makes others wait for 2 s at most', async () => {
    const other = await reopen({ lockWaitMs: 10_000 })
    let stop: (() => void) | undefined
    const stopped = new Promise<void>((resolve) => (stop = resolve))
    let frozen: Promise<number>
    await new Promise<void>((holds) => {
      frozen = store.write(pizzeria, async (tx) => {
        const event = await tx.append(newEvent())
        holds()
        await stopped
        return event.position
      })
    })
    const began = performance.now()
    expect((await append(other)).position).toBe(1)
    expect(performance.now() - began).toBeLessThan(6000)
    stop!()
    // Nothing of it was committed: it is run again.
    expect(await frozen!).toBe(2)
    expect(await positions()).toEqual([1, 2])
    await other.close()
  })
})
