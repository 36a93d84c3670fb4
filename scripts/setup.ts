import { migrationsIn } from '../db/migrate.ts'
import { openStore } from '../db/open.ts'
import { allowSetup, setupLink } from '../server/staff/setup.ts'

/** `npm run setup`: a new one-time link for the first pizzeria, or another one; safe while the server runs. */
process.umask(0o077)
try {
  const store = await openStore({
    url: process.env.DATABASE_URL || 'file:.data/comanda.db',
    migrations: (dialect) => migrationsIn(new URL(`../db/migrations/${dialect}/`, import.meta.url)),
  })
  const token = await allowSetup(store, Date.now(), process.env.COMANDA_SETUP_TOKEN || undefined)
  await store.close()
  const site = `http://localhost:${process.env.PORT || 3000}${process.env.NUXT_APP_BASE_URL || '/'}`
  console.log(`\n  Open a pizzeria (once, within 24 hours):  ${setupLink(site, token)}\n`)
} catch (error) {
  console.error(`No link was made: ${(error as Error).message}`)
  process.exitCode = 1
}
