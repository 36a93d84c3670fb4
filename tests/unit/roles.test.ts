import { expect, it } from 'vitest'
import { roles } from '../../shared/order/roles.ts'
import { may } from '../../shared/staff/may.ts'
import { sources } from '../support/sources.ts'

it('[OWN-5] docs/roles.md shows the table of who may do what', () => {
  const [page] = sources(['docs/roles.md'])
  const rows = [...page!.text.matchAll(/^\| (\w+\.\w+) \|(.*)\|(.*)\|(.*)\|$/gm)].map(([, act, ...cells]) => [
    act,
    roles.filter((_, index) => cells[index]!.trim() === 'yes'),
  ])
  expect(rows).toEqual(Object.entries(may).map(([act, who]) => [act, [...who]]))
})
