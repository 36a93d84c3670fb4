import { buildIfNeeded } from './build.ts'
import { measureOnce } from './fanout.ts'
import { startComanda } from './lib/comanda.ts'
import { costOf, keepBusy, prepareCommands } from './lib/commands.ts'
import { median, round as digits } from './lib/figures.ts'
import { measurePaint } from './paint.ts'
import { buildRevision } from './revision.ts'

const measures = ['delivery', '86', 'order'] as const
type Measure = (typeof measures)[number]
type Figures = Record<Measure, number>

const titles: Record<Measure, string> = {
  delivery: 'a delivery (20 events/s)',
  '86': '86: PATCH …/menu/items/{item}',
  order: 'order: POST …/orders',
}

export interface AgainstOptions {
  revision: string
  rounds: number
  clients: number
  seconds: number
}
export interface PaintAgainstOptions {
  revision: string
  rounds: number
  open: number
  perSecond: number
  seconds: number
}
export interface AgainstRow {
  name: string
  /** Medians over the rounds: CPU time of the server for one, µs, or ms to the paint. */
  here: number
  there: number
  /** The median of the rounds' own ratios, and their extremes. Above 1 this tree is slower. */
  ratio: number
  least: number
  most: number
}
export interface AgainstReport {
  commit: string
  /** What was measured, for the table's title. */
  what: string
  rounds: number
  rows: AgainstRow[]
}

/** Measures what requests and deliveries cost the server of this tree and that of a commit. */
export async function measureAgainst({ revision, rounds, clients, seconds }: AgainstOptions): Promise<AgainstReport> {
  const what = `CPU of the server for one, µs; ${clients.toLocaleString('en')} subscribers`
  const measure = (entry?: string) => measureBuild(entry, clients, seconds)
  const { commit, results } = await inTurns(revision, rounds, measure)
  return { commit, what, rounds, rows: measures.map((name) => rowOf(titles[name], results, (one) => one[name])) }
}

/** Measures how soon an order is on the wall of this tree and on that of a commit, in the same browser. */
export async function measurePaintAgainst({ revision, rounds, ...load }: PaintAgainstOptions): Promise<AgainstReport> {
  const what = `commit to paint, ${load.open} open tickets, ${load.perSecond} orders/s`
  const { commit, results } = await inTurns(revision, rounds, async (entry) => {
    const { latency, painted, expected, longTasks } = await measurePaint({ ...load, entry })
    if (painted !== expected) throw new Error(`${painted} of ${expected} orders were painted: nothing to compare.`)
    return { p50: latency.p50, p99: latency.p99, longTasks }
  })
  return {
    commit,
    what,
    rounds,
    rows: [
      rowOf('p50, ms', results, ({ p50 }) => p50),
      rowOf('p99, ms', results, ({ p99 }) => p99),
      rowOf('long tasks and one', results, ({ longTasks }) => longTasks + 1),
    ],
  }
}

interface Pair<T> {
  here: T
  there: T
}

/**
 * Measures this tree's build and that of a commit in turns, so that a disturbance of the machine affects both alike.
 * Each round runs both builds with databases of their own, and every second round begins with the other build.
 */
async function inTurns<T extends Record<string, number>>(
  revision: string,
  rounds: number,
  measure: (entry?: string) => Promise<T>,
): Promise<{ commit: string; results: Pair<T>[] }> {
  buildIfNeeded()
  const { commit, entry } = buildRevision(revision)
  const results: Pair<T>[] = []
  for (let round = 1; round <= rounds; round++) {
    const first = await measure(round % 2 === 1 ? undefined : entry)
    const second = await measure(round % 2 === 1 ? entry : undefined)
    const pair = round % 2 === 1 ? { here: first, there: second } : { here: second, there: first }
    results.push(pair)
    console.log(
      `round ${round}/${rounds}: ${Object.keys(pair.here)
        .map((name) => `${name} ${digits(pair.here[name]!)} against ${digits(pair.there[name]!)}`)
        .join('; ')}`,
    )
  }
  return { commit, results }
}

function rowOf<T>(name: string, results: readonly Pair<T>[], of: (figures: T) => number): AgainstRow {
  const ratios = results.map(({ here, there }) => of(here) / of(there))
  return {
    name,
    here: median(results.map(({ here }) => of(here))),
    there: median(results.map(({ there }) => of(there))),
    ratio: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
  }
}

/** CPU time of a build for one of each, µs. */
async function measureBuild(entry: string | undefined, clients: number, seconds: number): Promise<Figures> {
  const { paced } = await measureOnce('comanda', clients, { rateSeconds: seconds, saturatedSeconds: 0.2 }, entry)
  if (paced.delivered !== paced.expected)
    throw new Error(`${paced.delivered} of ${paced.expected} deliveries arrived: nothing to compare.`)
  const comanda = await startComanda({ entry })
  const { soldOut, order, close } = await prepareCommands(comanda)
  try {
    const cost = async (command: typeof order) => {
      await keepBusy(command, 4, seconds / 2)
      return (await costOf(command, comanda.server.pid, { atOnce: 4, seconds })).cpuMicros
    }
    return { delivery: paced.cpuMicros, '86': await cost(soldOut), order: await cost(order) }
  } finally {
    close()
    await comanda.server.stop()
  }
}

export const againstTable = ({ commit, what, rounds, rows }: AgainstReport) =>
  [
    `This tree against ${commit}: ${what}; median of ${rounds} alternating rounds.`,
    '',
    `| | this tree | ${commit} | ratio | least to most |`,
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows.map(({ name, ...row }) => {
      const figures = [digits(row.here), digits(row.there), row.ratio.toFixed(2)]
      return `| ${[name, ...figures, `${row.least.toFixed(2)} to ${row.most.toFixed(2)}`].join(' | ')} |`
    }),
  ].join('\n')
