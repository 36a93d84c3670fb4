import { describe } from 'vitest'
import { noPostgres } from '../support/postgres.ts'
import { figuresSuite } from './figures-suite.ts'
import { menuNodesSuite } from './menu-nodes-suite.ts'
import { nodesSuite } from './nodes-suite.ts'
import { usePostgres } from './postgres/subject.ts'
import { queriesSuite } from './queries-suite.ts'
import { storeSuite } from './store-suite.ts'

describe.skipIf(noPostgres)('on PostgreSQL', () => {
  const { open } = usePostgres()

  storeSuite('PostgreSQL', open)
  queriesSuite('PostgreSQL', open)
  figuresSuite('PostgreSQL', open)
  nodesSuite('PostgreSQL', open)
  menuNodesSuite('PostgreSQL', open)
})
