import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isTakenId } from '../../shared/staff/setup.ts'

const root = new URL('../../', import.meta.url)
/** The first parts of the site's addresses, as its files name them. */
const addresses = ['pages', 'server/routes']
  .map((folder) => new URL(`${folder}/`, root))
  .flatMap((folder) => readdirSync(folder))
  .map((name) => name.split('.')[0]!)
  // A pizzeria's name has letters, digits and hyphens; `index` is the site's first page.
  .filter((name) => /^[a-z][a-z0-9-]*$/.test(name) && name !== 'index')

describe('the names that no pizzeria can have', () => {
  it.each([...new Set(['api', ...addresses])])('[OWN-2] hold %s, an address of the site', (name) =>
    expect(isTakenId(name)).toBe(true),
  )
})
