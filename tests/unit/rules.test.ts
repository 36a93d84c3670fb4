import { describe, expect, it } from 'vitest'
import { sources } from '../support/sources.ts'

/**
 * docs/protocol.md and the tests hold each other: a rule without a test is a wish, a citation without a rule a riddle.
 * A title cites rules at its beginning, one or several: `[LOG-2] …`, `[STR-1] [STR-4] …`.
 */
const rules = [...sources(['docs/protocol.md'])[0]!.text.matchAll(/^- ([A-Z]{3}-\d+) /gm)].map(([, id]) => id!)
const tests = sources(['tests/**/*.test.ts', 'tests/**/*suite*.ts', 'tests/**/*.spec.ts']).filter(
  ({ path }) => !path.endsWith('unit/rules.test.ts'),
)
const citations = tests.flatMap(({ path, text }) =>
  [...text.matchAll(/['"`]((?:\[[A-Z]{3}-\d+\],?\s*)+)/g)].flatMap(([, ids]) =>
    ids!.match(/[A-Z]{3}-\d+/g)!.map((id) => ({ path, id })),
  ),
)

describe('the rules of docs/protocol.md', () => {
  it('are numbered once each', () => {
    expect(rules.length).toBeGreaterThan(0)
    expect(rules.filter((id, at) => rules.indexOf(id) !== at)).toEqual([])
  })

  it('are each cited by a test', () => {
    const cited = new Set(citations.map(({ id }) => id))
    expect(rules.filter((id) => !cited.has(id))).toEqual([])
  })

  it('exist where a test cites them', () => {
    expect(citations.filter(({ id }) => !rules.includes(id))).toEqual([])
  })
})
