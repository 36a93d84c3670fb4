import { describe, expect, it } from 'vitest'
import { sources } from '../support/sources.ts'

/**
 * docs/protocol.md and the tests check each other: every rule needs a test, and every citation needs a rule. A title
 * cites rules at its beginning, one or several: `[LOG-2] …`, `[STR-1] [STR-4] …`.
 */
const all = [...sources(['docs/protocol.md'])[0]!.text.matchAll(/^- ([A-Z]{3}-\d+) (\(withdrawn; see .+\)$)?/gm)].map(
  ([, id, withdrawn]) => ({ id: id!, withdrawn }),
)
/** A withdrawn rule keeps its number, names its successors, and is cited by nobody any more. */
const rules = all.filter(({ withdrawn }) => withdrawn === undefined).map(({ id }) => id)
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
    const ids = all.map(({ id }) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })

  it('name their successors where they are withdrawn', () => {
    const named = all.flatMap(({ withdrawn }) => withdrawn?.match(/[A-Z]{3}-\d+/g) ?? [])
    expect(named.filter((id) => !rules.includes(id))).toEqual([])
  })

  it('are each cited by a test', () => {
    const cited = new Set(citations.map(({ id }) => id))
    expect(rules.filter((id) => !cited.has(id))).toEqual([])
  })

  it('exist where a test cites them', () => {
    expect(citations.filter(({ id }) => !rules.includes(id))).toEqual([])
  })
})
