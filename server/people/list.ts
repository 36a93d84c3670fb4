import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { z } from 'zod'

/** One erasure: which orders lost their personal data. The ids alone identify nobody. */
const entry = z.object({ at: z.iso.datetime(), orders: z.array(z.string()) })

const fileOf = (databaseFile: string) => `${databaseFile}.erasures.jsonl`

/**
 * Notes an erasure beside the database, on the disk before this returns, so that a restored database is erased again.
 */
export function noteErasure(databaseFile: string, erased: z.infer<typeof entry>) {
  const handle = openSync(fileOf(databaseFile), 'a', 0o600)
  try {
    writeSync(handle, `${JSON.stringify(erased)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** The ids of all orders that were ever erased. A last line that was cut short was never acted on. */
export function erasedOrders(databaseFile: string): string[] {
  const file = fileOf(databaseFile)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return entry.parse(JSON.parse(line)).orders
      } catch {
        return []
      }
    })
}
