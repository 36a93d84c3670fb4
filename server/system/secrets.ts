import { randomBytes, randomInt } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { Store } from '../../db/store.ts'

const secrets = z.object({ sessionPassword: z.string().min(32), demoPin: z.string().optional() })
export type Secrets = z.infer<typeof secrets>

/** Secrets of the installation. Made once, so that a restart signs nobody out. */
export interface SecretKeeper {
  read(): Promise<Secrets>
  write(value: Secrets): Promise<void>
}

/** In a file beside the database, readable by its owner only; without one (`null`) in a row that all nodes share. */
export const secretKeeper = (databaseFile: string | null, store: Store): SecretKeeper =>
  databaseFile === null ? inRow(store) : inFile(`${databaseFile}.secrets.json`)

const make = (): Secrets => ({ sessionPassword: randomBytes(36).toString('base64url') })

function inFile(file: string): SecretKeeper {
  const write = async (value: Secrets) => writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  return {
    write,
    async read() {
      try {
        return secrets.parse(JSON.parse(readFileSync(file, 'utf8')))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
          throw new Error(
            `${file} cannot be read (${(error as Error).message}); mend it, or remove it: everybody signs in again.`,
            { cause: error },
          )
        const made = make()
        await write(made)
        return made
      }
    },
  }
}

const name = 'installation'

const inRow = (store: Store): SecretKeeper => ({
  write: (value) => store.alone((tx) => tx.keepSecret(name, JSON.stringify(value))),
  async read() {
    const known = await store.read((tx) => tx.secret(name))
    if (known) return secrets.parse(JSON.parse(known))
    // Also the PIN of the demo: nodes that start in the same moment must not each make one of their own.
    const made = { ...make(), demoPin: newDemoPin() }
    return await store.alone(async (tx) => {
      const first = await tx.secret(name)
      if (first) return secrets.parse(JSON.parse(first))
      await tx.keepSecret(name, JSON.stringify(made))
      return made
    })
  },
})

/** Four digits, not all the same. */
export const newDemoPin = () => String(randomInt(1000, 9999))
