import type { Config } from '../config.ts'
import type { OpenCarrier } from './bus.ts'

/** Redis where there is one, else PostgreSQL itself; null for one process on SQLite, which loads neither. */
export async function chooseCarrier({
  REDIS_URL,
  DATABASE_URL,
  databaseFile,
}: Pick<Config, 'REDIS_URL' | 'DATABASE_URL' | 'databaseFile'>): Promise<OpenCarrier | null> {
  if (REDIS_URL) return (await import('./redis.ts')).openRedis(REDIS_URL)
  return databaseFile === null ? (await import('./postgres.ts')).openNotify(DATABASE_URL) : null
}
