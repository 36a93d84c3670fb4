import { basename } from 'node:path'
import { expect, it } from 'vitest'
import { sources } from '../support/sources.ts'

/** Components are found by their file name alone: of two with the same name, one silently replaces the other. */
it('each component has a name of its own', () => {
  const paths = sources(['components/**/*.vue']).map(({ path }) => path)
  expect(paths.filter((path) => paths.some((other) => other !== path && basename(other) === basename(path)))).toEqual(
    [],
  )
})
