import { budget, built, conclude, gates, run, vitest, type Result } from './steps.ts'

/**
 * The checks that are quick enough for every change: lint, types, dead code, and the tests that need no build
 * (translations, rules and circular imports are among the unit tests). The bundle budget is checked when there is a
 * build.
 */
const results: Result[] = []
for (const step of [...gates, vitest('unit, contracts', ['unit', 'contracts']), ...(built() ? [budget] : [])])
  results.push(await run(step))

conclude(results)
