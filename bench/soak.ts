import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { seed } from '../tests/support/seed.ts'
import { buildIfNeeded } from './build.ts'
import { soak } from './soak-run.ts'

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, clients: { type: 'string', default: '500' } },
})
const minutes = Number(values.minutes)
const clients = Number(values.clients)
if (!(minutes > 0 && clients > 0)) {
  console.error(`--minutes is "${values.minutes}" and --clients "${values.clients}"; both want a number above 0.`)
  process.exit(1)
}
/** The largest growth that counts as flat, over the last third: MB per minute, files per minute. */
const flat = { memory: 1, files: 1 }

buildIfNeeded()
console.log(`Soak: ${minutes} min, ${clients} clients, COMANDA_SEED=${seed}`)
const result = await soak({
  seconds: minutes * 60,
  clients,
  seed,
  ordersPerSecond: 3,
  faultEvery: 8,
  say: (text) => console.log(text),
})
// A short run says nothing about a slope: for minutes after its last restart the heap is still settling.
const long = minutes >= 30
if (long && result.memoryPerMinute > flat.memory)
  result.broken.push(`memory grows by ${result.memoryPerMinute.toFixed(2)} MB a minute (I7)`)
if (long && result.filesPerMinute > flat.files)
  result.broken.push(`open files grow by ${result.filesPerMinute.toFixed(2)} a minute (I7)`)

const root = join(import.meta.dirname, '..')
mkdirSync(join(root, 'reports'), { recursive: true })
writeFileSync(
  join(root, 'reports/soak.json'),
  `${JSON.stringify({ at: new Date().toISOString(), minutes, clients, seed, ...result }, null, 2)}\n`,
)
const memory =
  `${result.memoryMb.toFixed(0)} MB; over the last third ${result.memoryPerMinute.toFixed(2)} MB ` +
  `and ${result.filesPerMinute.toFixed(2)} files a minute`
const verdict =
  result.broken.length === 0
    ? 'Nothing lost, nothing doubled.'
    : `BROKEN (again with COMANDA_SEED=${seed}):\n${result.broken.join('\n')}`
console.log(`
${result.acknowledged} orders acknowledged; faults: ${Object.entries(result.injected)
  .map(([name, times]) => `${name} ${times}`)
  .join(', ')}
all live and correct ${result.convergedSeconds.toFixed(1)} s after the last fault
server: ${memory}
${verdict}`)
process.exit(result.broken.length === 0 ? 0 : 1)
