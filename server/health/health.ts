import { execFile } from 'node:child_process'
import type { Context } from '../context.ts'
import { Rejected } from '../../shared/order/rejections.ts'

/** One write a second answers everybody who asks. */
const probedForMs = 1000

/** Why this node is not ready, in a word that a monitor shows; null: it is. */
export type Reason = 'draining' | 'damaged' | 'full' | 'busy' | 'database' | null

/** Whether the database takes what is written to it, and whether the long check has found it sound. */
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
    /** The long check has found something. */
    damage() {
      damaged = true
    },
  }
}
export type Health = ReturnType<typeof createHealth>

/** Node's own SQLite, so that the check needs no file of the build; another process, so that nobody waits for it. */
const program = `
const { DatabaseSync } = require('node:sqlite')
require('node:os').setPriority(10)
const [row] = new DatabaseSync(process.argv[1], { readOnly: true }).prepare('PRAGMA quick_check(3)').all()
process.stdout.write(String(Object.values(row)[0]))
`

/**
 * Reads the whole database once, in a process of its own beside the server: 'ok', or what is wrong with it. Null when
 * the check itself could not run. A database in use may be checked: it reads one moment of it.
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
