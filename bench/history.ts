import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { loopHeld, watchLoop } from '../tests/support/loop-held.ts'
import { move, placeOrder, signIn } from '../tests/support/orders.ts'
import { testTimezone, type TestServer } from '../tests/support/server.ts'
import { until } from '../tests/support/until.ts'
import { startComanda, type Comanda } from './lib/comanda.ts'
import { prepareCommands, type Command, type Commands } from './lib/commands.ts'
import { median } from './lib/figures.ts'
import { addHistory, eventsOfAnOrder, type HistorySize } from './lib/history-database.ts'
import { cpuSeconds } from './lib/process.ts'

/** The same figure of a server with an empty database and of one with a long history. */
export interface Pair {
  empty: number
  long: number
}
export interface HistoryResult {
  orders: number
  events: number
  megabytes: number
  /** From the start of the process until it is ready, ms. */
  startMs: Pair
  /** CPU while nobody asks for anything, ms per second. */
  idle: Pair
  /** CPU of one request, µs. `ratio` is the median of the rounds' own ratios. */
  requests: (Pair & { name: string; ratio: number })[]
  /** While old events are dropped: how long nothing else ran at most, ms by the clock and of CPU. */
  retention: { dropped: number; seconds: number; heldMs: number; cpuMs: number }
}

export interface HistoryOptions extends HistorySize {
  rounds: number
  /** CPU time that a server spends on each kind of request in a round, s: /proc counts in hundredths. */
  roundSeconds: number
  idleSeconds: number
}

/** Only the last phase drops events. */
const keepsAll = { COMANDA_RETENTION_DAYS: '3650' }
/** Retention runs for the first time 30 s after a start. */
const firstRetentionMs = 35_000
const openOrders = 30
/** Requests of a kind before it is measured. */
const warmUp = 400

/**
 * Runs a server with an empty database and one with a long history side by side: the same requests in turns, and
 * then the long one alone while half of its events are dropped.
 */
export async function measureHistory(options: HistoryOptions): Promise<HistoryResult> {
  const folder = mkdtempSync(join(tmpdir(), 'comanda-history-'))
  const files = { empty: join(folder, 'empty.db'), long: join(folder, 'long.db') }
  try {
    await makeEmpty(files.empty)
    copyFileSync(files.empty, files.long)
    const megabytes = addHistory(files.long, options)
    console.log(`history: ${options.orders} orders, ${Math.round(megabytes)} MB`)
    const startMs = await measureStarts(files, options.rounds)
    const { idle, requests } = await measureRunning(files, options)
    return {
      orders: options.orders,
      events: options.orders * eventsOfAnOrder,
      megabytes,
      startMs,
      idle,
      requests,
      retention: await measureRetention(files.long, options),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A database with the demo pizzeria and one order that is over, whatever its opening hours. */
async function makeEmpty(file: string) {
  const { server } = await startComanda({ databaseFile: file })
  const cookie = await signIn(server)
  const { order } = await placeOrder(server, {}, { cookie })
  let { version } = order
  for (const to of ['making', 'baking', 'ready', 'collected'] as const)
    version = (await move(server, cookie, { id: order.id, version }, to, { confirmUnpaid: true })).body.order.version
  await server.kill('SIGTERM')
  const client = new SQLite(file)
  // Nobody has said yet how long people's names are kept: erasing 200,000 of them would be what is measured.
  client.prepare('UPDATE pizzerias SET timezone = ?, people_kept_days = NULL').run(testTimezone)
  client.pragma('wal_checkpoint(TRUNCATE)')
  client.close()
  await server.stop()
}

async function measureStarts(files: Record<keyof Pair, string>, rounds: number): Promise<Pair> {
  const times: Record<keyof Pair, number[]> = { empty: [], long: [] }
  for (let round = 0; round < rounds; round++)
    for (const which of ['empty', 'long'] as const) {
      const began = performance.now()
      const { server } = await startComanda({ databaseFile: files[which], env: keepsAll })
      times[which].push(performance.now() - began)
      await server.stop()
    }
  const startMs = { empty: median(times.empty), long: median(times.long) }
  console.log(`history, start: ${startMs.empty.toFixed(0)} ms empty, ${startMs.long.toFixed(0)} ms long`)
  return startMs
}

interface Running {
  comanda: Comanda
  commands: Commands
  /** The link of one of its customers. */ tracking: string
}

async function measureRunning(
  files: Record<keyof Pair, string>,
  { rounds, roundSeconds, idleSeconds }: HistoryOptions,
) {
  const run = async (file: string): Promise<Running> => {
    const comanda = await startComanda({ databaseFile: file, env: keepsAll })
    return { comanda, commands: await prepareCommands(comanda), tracking: '' }
  }
  const both = { empty: await run(files.empty), long: await run(files.long) }
  try {
    await Promise.all([
      wait(firstRetentionMs),
      ...[both.empty, both.long].map(({ comanda }) => isAlone(comanda.server)),
    ])
    const idle = await idleCpu(both, idleSeconds)
    const requests: HistoryResult['requests'] = []
    for (const one of [both.empty, both.long]) {
      await repeat(one.commands.order, openOrders)
      one.tracking = (JSON.parse(await one.commands.order()) as { tracking: string }).tracking
    }
    for (const [name, pick] of Object.entries(measured)) {
      const ofRound: Pair[] = []
      await repeat(pick(both.long), warmUp)
      await repeat(pick(both.empty), warmUp / 2)
      const micros = await cpuOf(pick(both.empty), both.empty.comanda.server.pid, warmUp / 2)
      const times = Math.ceil((roundSeconds * 1e6) / Math.max(micros, 100))
      for (let round = 0; round < rounds; round++) {
        const seen = { empty: 0, long: 0 }
        // Every other round begins with the other one.
        const order = ['empty', 'long'] as const
        for (const which of round % 2 ? order.toReversed() : order) {
          seen[which] = await cpuOf(pick(both[which]), both[which].comanda.server.pid, times)
        }
        ofRound.push(seen)
      }
      const ratio = median(ofRound.map(({ empty, long }) => long / empty))
      const [empty, long] = [median(ofRound.map((one) => one.empty)), median(ofRound.map((one) => one.long))]
      requests.push({ name, empty, long, ratio })
      console.log(`history, ${name}: ${empty.toFixed(0)} µs empty, ${long.toFixed(0)} µs long, ${ratio.toFixed(2)}×`)
    }
    return { idle, requests }
  } finally {
    for (const { comanda, commands } of [both.empty, both.long]) {
      commands.close()
      await comanda.server.stop()
    }
  }
}

/** Placing comes last: each round leaves its orders open, as many on both sides. */
const measured: Record<string, (running: Running) => Command> = {
  quote: ({ commands }) => commands.quote,
  'snapshot of the menu': ({ commands }) => commands.snapshot('menu:napoli'),
  'snapshot of the board': ({ commands }) => commands.snapshot('board:napoli'),
  'snapshot of the kitchen': ({ commands }) => commands.snapshot('kitchen:napoli'),
  'snapshot of the counter': ({ commands }) => commands.snapshot('counter:napoli'),
  'snapshot of an order': ({ commands, tracking }) => commands.snapshot(`order:${tracking}`),
  place: ({ commands }) => commands.order,
}

async function repeat(command: Command, times: number) {
  for (let done = 0; done < times; done++) await command()
}
async function cpuOf(command: Command, pid: number, times: number): Promise<number> {
  const cpu = cpuSeconds(pid)
  await repeat(command, times)
  return ((cpuSeconds(pid) - cpu) / times) * 1e6
}

/** Both at once, so that what else the machine does affects both alike. */
async function idleCpu(both: Record<keyof Pair, Running>, seconds: number): Promise<Pair> {
  const used = (which: keyof Pair) => cpuSeconds(both[which].comanda.server.pid)
  const before = { empty: used('empty'), long: used('long') }
  await wait(seconds * 1000)
  const idle = {
    empty: ((used('empty') - before.empty) / seconds) * 1000,
    long: ((used('long') - before.long) / seconds) * 1000,
  }
  console.log(`history, idle: ${idle.empty.toFixed(1)} ms/s empty, ${idle.long.toFixed(1)} ms/s long`)
  return idle
}

/** Waits until the process that checks the file beside a server is done. */
async function isAlone({ pid }: TestServer) {
  const children = () => readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  while ((await children()).trim() !== '') await wait(200)
}

/** The long database with a retention that drops the older half of its events. */
async function measureRetention(file: string, { orders, days }: HistorySize): Promise<HistoryResult['retention']> {
  const { server } = await startComanda({
    databaseFile: file,
    env: { COMANDA_RETENTION_DAYS: String(days / 2) },
    ...watchLoop,
  })
  const client = new SQLite(file, { readonly: true })
  const oldest = () => client.prepare("SELECT oldest FROM pizzerias WHERE id = 'napoli'").pluck().get() as number
  try {
    const before = oldest()
    await isAlone(server)
    await loopHeld(server)
    await until(() => oldest() !== before, 120_000)
    const began = performance.now()
    // It is done when nothing more goes.
    for (let last = -1; last !== oldest(); await wait(3000)) last = oldest()
    const dropped = oldest() - before
    const seconds = (performance.now() - began) / 1000
    const { wallMs, cpuMs } = await loopHeld(server)
    console.log(
      `history, retention: ${dropped} of ${orders * eventsOfAnOrder} events in ${seconds.toFixed(0)} s; nothing else ` +
        `ran for ${wallMs.toFixed(0)} ms at most (${cpuMs.toFixed(0)} ms of CPU)`,
    )
    return { dropped, seconds, heldMs: wallMs, cpuMs }
  } finally {
    client.close()
    await server.stop()
  }
}
