import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import type { Tx } from '../store.ts'
import type { Connection, Life } from './connection.ts'
import type { PostgresTransaction, Trace } from './transaction.ts'
import { causeOf, isCollision, isInvalid, isLocked, Lost, translate } from './troubles.ts'

interface Job {
  pizzeria: string | null
  run(): Promise<unknown>
  resolve(value: never): void
  reject(reason: unknown): void
  /** How often it has been run. */ tries: number
}

/** A transaction whose work is done. */
interface Done {
  xid: string
  life: Life
  /** Of an event that it wrote, where it wrote any. */
  trace: Trace | null
  /** How often the judge's connection had been opened when it began; null: it was not open. */
  watched: number | null
}

/** Whoever is in each other's way is run again so often. */
const maxTries = 4

export interface LaneOptions {
  connection: Connection
  /** Asks what became of a transaction whose COMMIT got no answer. */
  judge: Connection
  transaction: PostgresTransaction
  /** Most writers that share one flush. */
  batch: number
  lockWaitMs: number
  /** Tried before anything else in each batch: what one at a time may do only. */
  lock?: string
}

/**
 * Group commit on one connection: all writers that wait run inside one transaction, each a part of it that can be taken
 * back alone, and are answered together after the one commit (LOG-7). Before them the rows of their pizzerias are
 * locked, in the order of their ids, so that a pizzeria's writers are alone on all nodes, positions follow the commits,
 * and no two nodes wait for each other.
 */
export function createLane({ connection, judge, transaction, batch, lockWaitMs, lock }: LaneOptions) {
  const { tx, forget } = transaction
  const waiting: Job[] = []
  let running: Promise<void> | null = null

  async function runAll() {
    // Lets everybody who arrives in the same turn of the event loop come along.
    await turn()
    while (waiting.length > 0) await settle(waiting.splice(0, batch))
    running = null
  }

  /** Runs jobs until each is answered. */
  async function settle(jobs: Job[]) {
    try {
      const again = await runBatch(jobs)
      for (const job of again) await settle([job])
    } catch (error) {
      await retry(jobs, error)
    }
  }

  /** Nothing of the batch was committed. */
  async function retry(jobs: Job[], error: unknown) {
    forget()
    if (error instanceof Lost) {
      // What was told nothing in time would be told as much again.
      if (!error.silent && jobs.every(({ tries }) => tries < 2)) return await settle(jobs)
      refuse(jobs, error)
      // Who waits behind them would wait as long for the same.
      return refuse(waiting.splice(0), error)
    }
    const pieces = isLocked(error) ? [...Map.groupBy(jobs, (job) => job.pizzeria).values()] : jobs.map((job) => [job])
    // One of them is locked by somebody, or was in somebody's way: that is no matter of the others.
    if (pieces.length > 1 || (isCollision(error) && jobs[0]!.tries < maxTries))
      for (const piece of pieces) await settle(piece)
    else refuse(jobs, error)
  }

  const refuse = (jobs: Job[], error: unknown) => jobs.forEach((job) => job.reject(translate(error)))

  /**
   * Answers those that are committed or refused; returns those that must run again, each alone. Whoever is alone is no
   * part of anything: what it throws undoes all there is.
   */
  async function runBatch(jobs: Job[]): Promise<Job[]> {
    for (const job of jobs) job.tries += 1
    await connection.open()
    try {
      const begun = await begin(jobs)
      const answers: (() => void)[] = []
      const again: Job[] = []
      let trace: Trace | null = null
      for (const job of jobs) {
        if (jobs.length > 1) transaction.beginPart()
        try {
          const value = await job.run()
          transaction.endPart()
          trace = transaction.trace() ?? trace
          answers.push(() => job.resolve(value as never))
        } catch (error) {
          if (jobs.length === 1) throw error
          if (!connection.alive) throw causeOf(error) instanceof Lost ? error : new Lost(error)
          await transaction.undoPart()
          if (isCollision(causeOf(error)) && job.tries < maxTries) again.push(job)
          else answers.push(() => job.reject(translate(error)))
        }
      }
      await commit({ ...begun, trace })
      for (const answer of answers) answer()
      return again
    } catch (error) {
      const cause = await causeIn(error)
      if (connection.alive) await connection.run('ROLLBACK').catch(() => connection.abandon())
      throw cause
    }
  }

  /** Why a batch failed: a statement that failed and that nobody waited for makes everything behind it fail too. */
  async function causeIn(error: unknown): Promise<unknown> {
    const seen = causeOf(error)
    return seen instanceof Lost ? seen : await transaction.settled().then(() => seen, causeOf)
  }

  async function begin(jobs: Job[]): Promise<Omit<Done, 'trace'>> {
    const watched = judge.alive ? judge.times : null
    // Nobody waits for it.
    if (watched === null) judge.open().catch(() => {})
    const pizzerias = [...new Set(jobs.flatMap(({ pizzeria }) => pizzeria ?? []))]
    const xid = await transaction.begin({ lock, pizzerias, lockWaitMs })
    return { xid, life: connection.life, watched }
  }

  async function commit(done: Done) {
    let answer: { command: string }
    try {
      answer = await transaction.commit()
    } catch (error) {
      if (!(error instanceof Lost)) throw error
      const outcome = await outcomeOf(done)
      if (outcome === 'committed') return
      // Nobody can say: whoever asks again with the same key learns it. It is not run again here.
      throw outcome === 'aborted' ? new Lost(error.cause) : new Lost(error.cause, true)
    }
    // A statement before it has failed (`causeIn`).
    if (answer.command !== 'COMMIT') throw new Error('The transaction was undone at its commit.')
  }

  /** What became of a transaction, as the server remembers it; another life of the data knows nothing of it. */
  async function outcomeOf({ xid, life, trace, watched }: Done): Promise<'committed' | 'aborted' | 'unknown'> {
    for (const until = performance.now() + lockWaitMs; performance.now() < until; await wait(50)) {
      try {
        await judge.open()
        if (judge.life.cluster !== life.cluster || judge.life.timeline !== life.timeline) return 'unknown'
        const { rows } = await judge.run(`SELECT pg_xact_status('${xid}') AS status`)
        const { status } = rows[0] as { status: string | null }
        if (status === 'aborted') return 'aborted'
        if (status !== 'committed') continue
        // A crashed server gives numbers that it had not flushed to other transactions: this may be another one's
        // commit. What ours has written proves that it is its own, and so does a server that has not crashed since.
        if (judge.times === watched) return 'committed'
        return trace === null ? 'unknown' : (await isThere(trace)) ? 'committed' : 'aborted'
      } catch (error) {
        // No transaction has had this number yet: the one that had it was lost in a crash.
        if (isInvalid(error)) return 'aborted'
        // Otherwise the server is not there yet.
      }
    }
    return 'unknown'
  }

  async function isThere({ pizzeria, position, id }: Trace): Promise<boolean> {
    const text = 'SELECT 1 FROM events WHERE pizzeria = $1 AND position = $2 AND id = $3'
    return (await judge.query({ text }, [pizzeria, position, id])).rows.length > 0
  }

  function write<T>(pizzeria: string | null, work: (tx: Tx) => Promise<T>) {
    return new Promise<T>((resolve, reject) => {
      waiting.push({ pizzeria, run: () => work(tx), resolve, reject, tries: 0 })
      running ??= runAll()
    })
  }
  return {
    write,
    async idle() {
      while (running) await running
    },
  }
}
