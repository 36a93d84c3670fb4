import { expect, it } from 'vitest'
import { sources } from '../support/sources.ts'

/** Strings that only server code contains. */
const secrets = ['drizzle', 'better-sqlite3', 'PRAGMA ', 'NUXT_SESSION_PASSWORD', 'COMANDA_DEMO_PIN']

it('what browsers are sent contains nothing of the server', () => {
  const files = sources(['.output/public/_nuxt/*.js'])
  expect(files.length, 'there must be a build: npm run build').toBeGreaterThan(0)
  expect(
    files.flatMap(({ path, text }) => secrets.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`)),
  ).toEqual([])
})
