import { execSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { againstTable, measureAgainst, measurePaintAgainst } from './against.ts'
import { noHaproxy } from '../tests/support/proxies.ts'
import { noPostgres } from '../tests/support/postgres.ts'
import { noRedis } from '../tests/support/redis.ts'
import { buildIfNeeded } from './build.ts'
import { measureCommands } from './commands.ts'
import { measureDurable } from './durable.ts'
import { measureFanout, peers, type Peer } from './fanout.ts'
import { measureHistory } from './history.ts'
import { measureLighthouse } from './lighthouse.ts'
import { measureMemory } from './memory.ts'
import { measureMenu } from './menu.ts'
import { measureNodes } from './nodes.ts'
import { measurePaint } from './paint.ts'
import { measurePusher } from './pusher.ts'
import { measurePostgres } from './postgres.ts'
import { measureRail } from './rail/rail.ts'
import { measureSaturated } from './saturated.ts'
import { sectionNames, toMarkdown, type Report } from './report.ts'
import type { Run } from './report/section.ts'
import { measureStorm } from './storm.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
    clients: { type: 'string' },
    peers: { type: 'string' },
    against: { type: 'string' },
  },
})
const wanted = new Set(values.only?.split(',') ?? sectionNames)
const unknown = [...wanted].filter((name) => !(sectionNames as string[]).includes(name))
if (unknown.length > 0) {
  console.error(`--only is "${values.only}"; it wants some of ${sectionNames.join(', ')}, with commas between them.`)
  process.exit(1)
}

const { quick } = values
const root = join(import.meta.dirname, '..')
const rounds = Number(values.rounds ?? (quick ? 1 : 3))
const clients = values.clients?.split(',').map(Number)
const chosen = values.peers ? (values.peers.split(',') as Peer[]) : peers
if (values.against !== undefined) {
  const common = { revision: values.against, rounds: Number(values.rounds ?? (quick ? 1 : 5)) }
  const report =
    values.only === 'paint'
      ? await measurePaintAgainst({ ...common, open: 300, perSecond: 10, seconds: quick ? 5 : 15 })
      : await measureAgainst({ ...common, clients: clients?.[0] ?? 1000, seconds: quick ? 2 : 5 })
  mkdirSync(join(root, 'reports'), { recursive: true })
  writeFileSync(join(root, 'reports/against.json'), `${JSON.stringify(report, null, 2)}\n`)
  console.log(`\n${againstTable(report)}`)
  process.exit(0)
}
// What these measure needs no build.
if ([...wanted].some((name) => name !== 'rail' && name !== 'postgres')) buildIfNeeded()
// What needs other servers is left out where they are not.
for (const [name, why] of [
  ['postgres', noPostgres],
  ['nodes', noPostgres ?? noRedis ?? noHaproxy],
] as const)
  if (why && wanted.delete(name)) console.log(`${name} is left out: ${why}`)

const run: Run = {
  at: new Date().toISOString(),
  command: `npm run bench${process.argv.length > 2 ? ` -- ${process.argv.slice(2).join(' ')}` : ''}`,
  machine: {
    cpu: cpus()[0]?.model.trim() ?? '',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: execSync('uname -sr').toString().trim(),
    load: loadavg()[0]!,
  },
  versions: Object.fromEntries([
    ['node', process.versions.node],
    ...['nuxt', 'ws', 'crossws', 'socket.io', 'better-sqlite3'].map((name) => [
      name,
      JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version,
    ]),
  ]),
}
const measured: Report = {}
if (wanted.has('durable'))
  measured.durable = {
    ...run,
    result: await measureDurable({ writers: [1, 8, 64, 256], rounds, seconds: quick ? 2 : 4 }),
  }
if (wanted.has('memory'))
  measured.memory = {
    ...run,
    result: await measureMemory({ clients: clients ?? (quick ? [1000] : [1000, 5000]), rounds, peers: chosen }),
  }
if (wanted.has('fanout'))
  measured.fanout = {
    ...run,
    result: await measureFanout({
      clients: clients ?? (quick ? [200, 1000] : [200, 1000, 5000]),
      rounds,
      rateSeconds: quick ? 4 : 6,
      saturatedSeconds: quick ? 3 : 4,
      peers: chosen,
    }),
  }
if (wanted.has('storm')) measured.storm = { ...run, result: await measureStorm({ clients: quick ? 500 : 2000 }) }
if (wanted.has('paint'))
  measured.paint = { ...run, result: await measurePaint({ open: 300, perSecond: 10, seconds: quick ? 10 : 25 }) }
if (wanted.has('commands'))
  measured.commands = { ...run, result: await measureCommands({ seconds: quick ? 2 : 4, rounds }) }
if (wanted.has('history'))
  measured.history = {
    ...run,
    result: await measureHistory({
      orders: quick ? 20_000 : 200_000,
      days: 400,
      rounds: quick ? 1 : 5,
      roundSeconds: quick ? 0.2 : 1,
      idleSeconds: quick ? 10 : 30,
    }),
  }
if (wanted.has('pusher'))
  measured.pusher = {
    ...run,
    result: await measurePusher({
      clients: clients?.[0] ?? 1000,
      rounds,
      rateSeconds: quick ? 4 : 6,
      saturatedSeconds: quick ? 3 : 4,
    }),
  }
if (wanted.has('rail')) measured.rail = { ...run, result: measureRail() }
if (wanted.has('menu')) measured.menu = { ...run, result: await measureMenu({ seconds: quick ? 1 : 4, rounds }) }
if (wanted.has('lighthouse'))
  measured.lighthouse = { ...run, result: await measureLighthouse({ rounds: quick ? 1 : 5 }) }
if (wanted.has('postgres'))
  measured.postgres = {
    ...run,
    result: await measurePostgres({
      pizzerias: [1, 50],
      writers: quick ? [64] : [1, 8, 64, 256],
      rounds,
      seconds: quick ? 2 : 3,
    }),
  }
if (wanted.has('nodes'))
  measured.nodes = {
    ...run,
    result: await measureNodes({
      rounds,
      seconds: quick ? 5 : 10,
      clients: quick ? 600 : 2100,
      stormClients: quick ? 300 : 2000,
    }),
  }
if (wanted.has('saturated'))
  measured.saturated = { ...run, result: await measureSaturated({ clients: 1000, rounds, seconds: quick ? 3 : 5 }) }

// A full measurement replaces its section on the page; a quick or a partial one does not.
const full = !quick && values.rounds === undefined && !clients && !values.peers
const page = join(root, full ? 'docs/benchmarks' : 'reports/bench')
mkdirSync(join(root, 'reports'), { recursive: true })
const before: Report = full && existsSync(`${page}.json`) ? JSON.parse(readFileSync(`${page}.json`, 'utf8')) : {}
const report = { ...before, ...measured }
writeFileSync(`${page}.json`, `${JSON.stringify(report, null, 2)}\n`)
const text = toMarkdown(report)
writeFileSync(`${page}.md`, text)
console.log(`\n${text}`)
process.exit(0)
