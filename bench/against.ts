import { buildIfNeeded } from './build.ts'
import { measureOnce } from './fanout.ts'
import { startComanda } from './lib/comanda.ts'
import { costOf, keepBusy, prepareCommands } from './lib/commands.ts'
import { median, round as digits } from './lib/figures.ts'
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
export interface AgainstRow {
  name: string
  /** CPU time of the server for one, µs: medians over the rounds. */
  here: number
  there: number
  /** The median of the rounds' own ratios, and their extremes. Above 1 this tree is slower. */
  ratio: number
  least: number
  most: number
}
export interface AgainstReport {
  commit: string
  rounds: number
  clients: number
  rows: AgainstRow[]
}

/**
 * Measures this tree's build and that of a commit in turns, so that a disturbance of the machine affects both alike.
 * Each round runs both builds with databases of their own, and every second round begins with the other build.
 */
export async function measureAgainst({ revision, rounds, clients, seconds }: AgainstOptions): Promise<AgainstReport> {
  buildIfNeeded()
  const { commit, entry } = buildRevision(revision)
  const results: { here: Figures; there: Figures }[] = []
  for (let round = 1; round <= rounds; round++) {
    const here = () => measureBuild(undefined, clients, seconds)
    const there = () => measureBuild(entry, clients, seconds)
    const pair =
      round % 2 === 1
        ? { here: await here(), there: await there() }
        : await there().then(async (figures) => ({ here: await here(), there: figures }))
    results.push(pair)
    console.log(
      `round ${round}/${rounds}: ${measures
        .map((name) => `${name} ${digits(pair.here[name])} µs against ${digits(pair.there[name])} µs`)
        .join('; ')}`,
    )
  }
  const rows = measures.map((name): AgainstRow => {
    const ratios = results.map(({ here, there }) => here[name] / there[name])
    return {
      name: titles[name],
      here: median(results.map(({ here }) => here[name])),
      there: median(results.map(({ there }) => there[name])),
      ratio: median(ratios),
      least: Math.min(...ratios),
      most: Math.max(...ratios),
    }
  })
  return { commit, rounds, clients, rows }
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

export const againstTable = ({ commit, rounds, clients, rows }: AgainstReport) =>
  [
    `CPU of the server for one, this tree against ${commit}; median of ${rounds} alternating rounds, ` +
      `${clients.toLocaleString('en')} subscribers.`,
    '',
    `| | this tree, µs | ${commit}, µs | ratio | least to most |`,
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows.map(({ name, ...row }) => {
      const figures = [digits(row.here), digits(row.there), row.ratio.toFixed(2)]
      return `| ${[name, ...figures, `${row.least.toFixed(2)} to ${row.most.toFixed(2)}`].join(' | ')} |`
    }),
  ].join('\n')
