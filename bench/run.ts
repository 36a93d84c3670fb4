import { execSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfNeeded } from './build.ts'
import { measureCommands } from './commands.ts'
import { measureDurable } from './durable.ts'
import { measureFanout, peers, type Peer } from './fanout.ts'
import { measurePaint } from './paint.ts'
import { toMarkdown, type Report } from './report.ts'
import { measureStorm } from './storm.ts'

const { values } = parseArgs({ options: {
  quick: { type: 'boolean', default: false },
  only: { type: 'string' },
  rounds: { type: 'string' },
  clients: { type: 'string' },
  peers: { type: 'string' },
} })
const sections = ['fanout', 'durable', 'storm', 'paint', 'commands'] as const
const wanted = new Set(values.only?.split(',') ?? sections)
const unknown = [...wanted].filter(name => !(sections as readonly string[]).includes(name))
if (unknown.length > 0) {
  console.error(`--only is "${values.only}"; it wants some of ${sections.join(', ')}, with commas between them.`)
  process.exit(1)
}

const { quick } = values
const root = join(import.meta.dirname, '..')
const rounds = Number(values.rounds ?? (quick ? 1 : 3))
buildIfNeeded()

const report: Report = {
  at: new Date().toISOString(),
  command: `npm run bench${process.argv.length > 2 ? ` -- ${process.argv.slice(2).join(' ')}` : ''}`,
  quick,
  machine: { cpu: cpus()[0]?.model.trim() ?? '', cores: availableParallelism(), memoryGb: Math.round(totalmem() / 2 ** 30), system: execSync('uname -sr').toString().trim(), loadBefore: loadavg()[0]!, loadAfter: 0 },
  versions: Object.fromEntries([['node', process.versions.node], ...['nuxt', 'ws', 'crossws', 'socket.io', 'better-sqlite3'].map(name => [name, JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version])]),
}
if (wanted.has('durable')) report.durable = await measureDurable({ writers: [1, 8, 64, 256], rounds, seconds: quick ? 2 : 4 })
if (wanted.has('fanout')) {
  report.fanout = await measureFanout({
    clients: values.clients?.split(',').map(Number) ?? (quick ? [200, 1000] : [200, 1000, 5000]),
    rounds, rateSeconds: quick ? 4 : 6, saturatedSeconds: quick ? 3 : 4,
    peers: values.peers ? values.peers.split(',') as Peer[] : peers,
  })
}
if (wanted.has('storm')) report.storm = await measureStorm({ clients: quick ? 500 : 2000 })
if (wanted.has('paint')) report.paint = await measurePaint({ open: 300, perSecond: 10, seconds: quick ? 10 : 25 })
if (wanted.has('commands')) report.commands = await measureCommands({ seconds: quick ? 2 : 4, rounds })
report.machine.loadAfter = loadavg()[0]!

mkdirSync(join(root, 'reports'), { recursive: true })
writeFileSync(join(root, 'reports/bench.json'), `${JSON.stringify(report, null, 2)}\n`)
const text = toMarkdown(report)
// A part of the measurements must not take the place of all of them.
const partial = quick || values.only !== undefined || values.peers !== undefined || values.clients !== undefined
writeFileSync(join(root, partial ? 'reports/bench.md' : 'docs/benchmarks.md'), text)
console.log(`\n${text}`)
process.exit(0)
