import { execFile } from 'node:child_process'
import type { Context } from '../context.ts'
import { Rejected } from '../../shared/order/rejections.ts'

/** How long one test write answers everybody who asks, ms. */
const probedForMs = 1000

/** Why this node is not ready, in one word for a monitor; null when it is ready. */
export type Reason = 'draining' | 'damaged' | 'full' | 'busy' | 'database' | null

/** Whether the database accepts writes, and whether the long check has found it undamaged. */
export function createHealth({ store, life, uptime }: Pick<Context, 'store' | 'life' | 'uptime'>) {
  let damaged = false
  let last: { at: number; reason: Promise<Reason> } | undefined

  async function ask(): Promise<Reason> {
    try {
      await store.write(null, (tx) => tx.probe())
      return null
    } catch (error) {
      if (error instanceof Rejected && error.code === 'server.full') return 'full'
      return error instanceof Rejected && error.code === 'server.busy' ? 'busy' : 'database'
    }
  }

  return {
    async reason(): Promise<Reason> {
      if (life.phase === 'draining') return 'draining'
      if (damaged) return 'damaged'
      if (!last || uptime() - last.at > probedForMs) last = { at: uptime(), reason: ask() }
      return await last.reason
    },
    /** Called when the long check has found damage. */
    damage() {
      damaged = true
    },
  }
}
export type Health = ReturnType<typeof createHealth>

/**
 * Node's own SQLite, so that the check needs no file of the build, in a process of its own, so that nobody waits for
 * it.
 */
const program = `
const { DatabaseSync } = require('node:sqlite')
require('node:os').setPriority(10)
const [row] = new DatabaseSync(process.argv[1], { readOnly: true }).prepare('PRAGMA quick_check(3)').all()
process.stdout.write(String(Object.values(row)[0]))
`

/**
 * Reads the whole database once, in a separate process beside the server. Resolves with 'ok' or with what is wrong with
 * it, or with null when the check itself could not run. It may check a database in use: it reads the state of one
 * moment.
 */
export function checkBeside(file: string): Promise<string | null> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--no-warnings', '-e', program, file],
      { env: {}, timeout: 3600_000 },
      (error, said, complaint) => {
        if (!error) return resolve(said)
        resolve(/malformed|not a database|corrupt/i.test(complaint) ? complaint.trim().split('\n').at(-1)! : null)
      },
    )
    const leave = () => child.kill()
    process.once('exit', leave)
    child.once('exit', () => process.off('exit', leave))
  })
}
