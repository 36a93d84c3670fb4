import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { z } from 'zod'
import type { Context } from '../context.ts'

/** One erasure: which orders lost their personal data. The ids alone identify nobody. */
const entry = z.object({ at: z.iso.datetime(), orders: z.array(z.string()) })

/** The ids of all orders that were ever erased, or are to be once they are over. */
export interface ErasureList {
  /** Resolves when it is kept for good. */
  note(orders: string[], at: number): Promise<void>
  all(): Promise<string[]>
}

/**
 * Without other nodes a file beside the database, so that a restored database is erased again; else a table, which all
 * nodes share.
 */
export const erasureList = ({ config, store }: Pick<Context, 'config' | 'store'>): ErasureList =>
  config.databaseFile === null ? inTable(store) : inFile(`${config.databaseFile}.erasures.jsonl`)

const inFile = (file: string): ErasureList => ({
  async note(orders, at) {
    const handle = openSync(file, 'a', 0o600)
    try {
      const erased: z.infer<typeof entry> = { at: new Date(at).toISOString(), orders }
      writeSync(handle, `${JSON.stringify(erased)}\n`)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  },
  /** A last line that was cut short was never acted on. */
  async all() {
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
  },
})

const page = 500

const inTable = (store: Context['store']): ErasureList => ({
  note: (orders, at) => store.write(null, (tx) => tx.noteErasure(orders, at)),
  async all() {
    const orders: string[] = []
    for (let more: string[]; ; orders.push(...more)) {
      more = await store.read((tx) => tx.erasedOrders(orders.at(-1) ?? '', page))
      if (more.length === 0) return orders
    }
  },
})
