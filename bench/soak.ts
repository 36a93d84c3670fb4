import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { seed } from '../tests/support/seed.ts'
import { floodOfOrders, guessedPins } from './attacks.ts'
import { buildIfNeeded } from './build.ts'
import { soak } from './soak-run.ts'

const parts = ['faults', 'attacks'] as const
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    clients: { type: 'string', default: '500' },
    only: { type: 'string' },
  },
})
const minutes = Number(values.minutes)
const clients = Number(values.clients)
if (!(minutes > 0 && clients > 0)) {
  console.error(`--minutes is "${values.minutes}" and --clients "${values.clients}"; both want a number above 0.`)
  process.exit(1)
}
if (values.only !== undefined && !(parts as readonly string[]).includes(values.only)) {
  console.error(`--only is "${values.only}"; it wants one of ${parts.join(', ')}.`)
  process.exit(1)
}
const wanted = (part: (typeof parts)[number]) => values.only === undefined || values.only === part
/** The largest growth that counts as flat, over the last third: MB per minute, files per minute. */
const flat = { memory: 1, files: 1 }
/** How long the PINs are guessed, minutes. */
const guessMinutes = 5

const root = join(import.meta.dirname, '..')
buildIfNeeded()
const broken: string[] = []
const report: Record<string, unknown> = { at: new Date().toISOString(), seed }
if (wanted('faults')) report.faults = await underFaults()
if (wanted('attacks')) report.attacks = await underAttack()

mkdirSync(join(root, 'reports'), { recursive: true })
writeFileSync(join(root, 'reports/soak.json'), `${JSON.stringify({ ...report, broken }, null, 2)}\n`)
console.log(broken.length === 0 ? '\nNothing broke.' : `\nBROKEN (COMANDA_SEED=${seed}):\n${broken.join('\n')}`)
process.exit(broken.length === 0 ? 0 : 1)

async function underFaults() {
  console.log(`Soak: ${minutes} min, ${clients} clients, COMANDA_SEED=${seed}`)
  const result = await soak({
    seconds: minutes * 60,
    clients,
    seed,
    ordersPerSecond: 3,
    faultEvery: 8,
    say: (text) => console.log(text),
  })
  broken.push(...result.broken)
  // A short run says nothing about a slope: for minutes after its last restart the heap is still settling.
  const long = minutes >= 30
  if (long && result.memoryPerMinute > flat.memory)
    broken.push(`memory grows by ${result.memoryPerMinute.toFixed(2)} MB a minute (I7)`)
  if (long && result.filesPerMinute > flat.files)
    broken.push(`open files grow by ${result.filesPerMinute.toFixed(2)} a minute (I7)`)
  const memory =
    `${result.memoryMb.toFixed(0)} MB; over the last third ${result.memoryPerMinute.toFixed(2)} MB ` +
    `and ${result.filesPerMinute.toFixed(2)} files a minute`
  console.log(`
${result.acknowledged} orders acknowledged; faults: ${Object.entries(result.injected)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ')}
all live and correct ${result.convergedSeconds.toFixed(1)} s after the last fault
server: ${memory}`)
  return { minutes, clients, ...result }
}

async function underAttack() {
  console.log('A thousand orders from ten addresses in ten seconds …')
  const flood = await floodOfOrders()
  const { answers, laterSlots, counter, cleared, left, silenceMs, heldMs, isQuiet } = flood.figures
  console.log(
    `answered ${Object.entries(answers)
      .map(([status, times]) => `${status}: ${times}`)
      .join(', ')}; an honest quote is ${laterSlots} quarter hours later; the counter placed ${counter.placed} ` +
      `orders, the slowest in ${counter.slowestMs.toFixed(0)} ms; one act cleared ${cleared}, ${left} still wait; ` +
      `/healthz silent for ${silenceMs.toFixed(0)} ms at most${isQuiet ? '' : ' (not judged: the machine is busy)'}, ` +
      `the event loop held for ${heldMs.toFixed(0)} ms of CPU`,
  )
  console.log(`A hundred wrong PINs from ten addresses, twice a minute for ${guessMinutes} minutes …`)
  const pins = await guessedPins(guessMinutes)
  const { tries, guesses, tablet, newTabletSeconds } = pins.figures
  const anew = newTabletSeconds === null ? 'not within a minute' : `within ${newTabletSeconds.toFixed(1)} s`
  console.log(
    `${guesses} of ${tries} tries were compared; the staff's tablet signed in at once ${tablet.first} of ` +
      `${tablet.waves} times; a new tablet ${anew}`,
  )
  broken.push(...flood.broken, ...pins.broken)
  return { flood: flood.figures, pins: pins.figures }
}
