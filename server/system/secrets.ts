import { randomBytes, randomInt } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const secrets = z.object({ sessionPassword: z.string().min(32), demoPin: z.string().optional() })
export type Secrets = z.infer<typeof secrets>

/** Kept beside the database, readable by its owner only. Made once, so that a restart signs nobody out. */
export function readSecrets(databaseFile: string): Secrets {
  const file = `${databaseFile}.secrets.json`
  try {
    return secrets.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new Error(
        `${file} cannot be read (${(error as Error).message}); mend it, or remove it: everybody signs in again.`,
        { cause: error },
      )
    const made: Secrets = { sessionPassword: randomBytes(36).toString('base64url') }
    writeSecrets(databaseFile, made)
    return made
  }
}

export const writeSecrets = (databaseFile: string, value: Secrets) =>
  writeFileSync(`${databaseFile}.secrets.json`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })

/** Four digits, not all the same. */
export const newDemoPin = () => String(randomInt(1000, 9999))
