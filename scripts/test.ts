import { findProgram } from './debian.ts'
import { budget, built, conclude, gates, missing, run, vitest, type Result, type Step } from './steps.ts'

/** Everything that is checked before a change is merged; ends with `N passed, N failed`. */
const sources: Step[] = [...gates, vitest('unit, contracts, nuxt', ['unit', 'contracts', 'nuxt'])]
const build: Step = { name: 'build', command: ['nuxt', 'build'] }
const delivered: Step[] = [
  budget,
  vitest('faults', ['faults']),
  vitest('attack', ['attack']),
  { ...vitest('firefox', ['firefox']), mayRunNothing: !process.env.CI },
  // Nine minutes on two cores that are busy with nothing else.
  { name: 'e2e', command: ['playwright', 'test'], report: 'reports/e2e.json', limitMs: 800_000 },
]

// Administrators' programs, which not everybody has on their path.
process.env.PATH += ':/usr/sbin'
for (const [title, name, debian] of [
  ['PostgreSQL', 'pg_ctlcluster', 'postgresql'],
  ['Redis', 'redis-server', 'redis-server'],
  ['HAProxy', 'haproxy', 'haproxy'],
  ['nginx', 'nginx', 'nginx'],
  ['Caddy', 'caddy', 'caddy'],
] as const)
  findProgram({ title, names: [name], package: debian, variable: `COMANDA_${title.toUpperCase()}` })

const results: Result[] = []
for (const step of [...sources, build]) results.push(await run(step))

const ready = built() && results.at(-1)!.ok
for (const step of delivered) results.push(ready ? await run(step) : missing(step.name, 'not run: there is no build'))

conclude(results)
