import type { CommandRow } from './commands.ts'
import type { DurableReport } from './durable.ts'
import { peerNames, type FanoutRow, type Peer } from './fanout.ts'
import { round } from './lib/figures.ts'
import type { HistoryResult } from './history.ts'
import { table, type Target } from './lib/page.ts'
import { lighthouseTargets, lighthouseText, type LighthouseRow } from './lighthouse.ts'
import type { MemoryRow } from './memory.ts'
import { menuTargets, menuText, type MenuRow } from './menu.ts'
import { nodesTargets, nodesText, type NodesResult } from './nodes.ts'
import type { PaintResult } from './paint.ts'
import { pusherTargets, pusherText, type PusherRow } from './pusher.ts'
import { postgresTargets, postgresText, type PostgresRow } from './postgres.ts'
import type { RailRow } from './rail/rail.ts'
import { saturatedTargets, saturatedText, type SaturatedResult } from './saturated.ts'
import type { StormResult } from './storm.ts'

/** When, with which command and on which machine a section was measured. */
export interface Run {
  at: string
  command: string
  machine: { cpu: string; cores: number; memoryGb: number; system: string; /** Load average before. */ load: number }
  versions: Record<string, string>
}
export interface Results {
  fanout: FanoutRow[]
  memory: MemoryRow[]
  durable: DurableReport
  storm: StormResult
  paint: PaintResult
  commands: CommandRow[]
  history: HistoryResult
  rail: RailRow[]
  menu: MenuRow[]
  lighthouse: LighthouseRow[]
  pusher: PusherRow[]
  postgres: PostgresRow[]
  nodes: NodesResult
  saturated: SaturatedResult
}
export type SectionName = keyof Results
/** Each section comes from one run; two sections may come from two runs. */
export type Report = { [Name in SectionName]?: Run & { result: Results[Name] } }

/** The whole page: what was measured, and whether it meets what was promised. */
export function toMarkdown(report: Report): string {
  const targets = [
    ...fanoutTargets(report.fanout?.result ?? []),
    ...durableTargets(report.durable?.result),
    ...stormTargets(report.storm?.result),
    ...paintTargets(report.paint?.result),
    ...historyTargets(report.history),
    ...railTargets(report.rail?.result ?? []),
    ...menuTargets(report.menu?.result ?? []),
    ...lighthouseTargets(report.lighthouse?.result ?? []),
    ...pusherTargets(report.pusher?.result ?? []),
    ...postgresTargets(report.postgres?.result ?? []),
    ...nodesTargets(report.nodes?.result),
    ...saturatedTargets(report.saturated?.result),
  ]
  const section = <Result>(
    measured: (Run & { result: Result }) | undefined,
    title: string,
    text: (result: Result) => string[],
  ) => (measured ? [`## ${title}`, runText(measured), ...text(measured.result)] : [])
  return `${[
    '# Benchmarks',
    'Made by `npm run bench` from [benchmarks.json](benchmarks.json); do not edit. How each figure is taken, and ' +
      'what it does not say: [bench/README.md](../bench/README.md). Read the ratios: all peers of a section ran ' +
      "in turn on the same machine in the same run; absolute figures are this machine's.",
    '## Targets',
    table(
      ['target', 'wanted', 'seen', ''],
      targets.map(({ what, wanted, seen, met }) => [
        what,
        wanted,
        seen,
        met === null ? 'not here' : met ? 'PASS' : '**FAIL**',
      ]),
    ),
    ...section(report.fanout, 'Fan-out', fanoutText),
    ...section(report.memory, 'Memory', memoryText),
    ...section(report.durable, 'Durable orders', durableText),
    ...section(report.storm, 'Reconnect storm', stormText),
    ...section(report.paint, 'Commit to paint', paintText),
    ...section(report.commands, 'Commands', commandsText),
    ...section(report.history, 'A long history', historyText),
    ...section(report.rail, 'The rail', railText),
    ...section(report.menu, 'The menu', menuText),
    ...section(report.lighthouse, 'Lighthouse', lighthouseText),
    ...section(report.pusher, 'The Pusher protocol', pusherText),
    ...section(report.postgres, 'PostgreSQL', postgresText),
    ...section(report.nodes, 'Several nodes', nodesText),
    ...section(report.saturated, 'Saturated, beside servers in C and C++', saturatedText),
  ].join('\n\n')}\n`
}

function runText({ at, command, machine, versions }: Run): string {
  const busy =
    machine.load > machine.cores / 2
      ? ` The load average was ${machine.load.toFixed(1)} before: other work may have run.`
      : ''
  return (
    `${at.slice(0, 16).replace('T', ' ')} UTC, \`${command}\`. ${machine.cpu}, ${machine.cores} cores, ` +
    `${machine.memoryGb} GB, ${machine.system}. ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.${busy}`
  )
}

function fanoutText(rows: FanoutRow[]): string[] {
  const counts = [...new Set(rows.map((row) => row.clients))]
  return [
    `Events of ${Math.min(...rows.map((row) => row.result.eventBytes))} to ` +
      `${Math.max(...rows.map((row) => row.result.eventBytes))} bytes. Comanda's are real: a dish goes out of ` +
      `stock through the API, is committed and flushed to the log, and reaches every open menu; the peers send ` +
      `text from memory.`,
    ...counts.flatMap((count) => {
      const mine = rows.filter((row) => row.clients === count)
      const naive = mine.find((row) => row.peer === 'ws-naive')?.result
      const against = (value: number, base: number | undefined) =>
        base ? `${round(value)} (${(value / base).toFixed(2)}×)` : round(value)
      return [
        `### ${count.toLocaleString('en')} subscribers`,
        table(
          [
            '',
            'CPU per delivery, 20/s (µs)',
            'p50 / p99, 20/s (ms)',
            'deliveries/s, saturated',
            'CPU per delivery, saturated (µs)',
            'p50 / p99, saturated (ms)',
            'client lag p99 (ms)',
            'delivered',
          ],
          mine.map(({ peer, result: { paced, saturated } }) => [
            peerNames[peer],
            against(paced.cpuMicros, naive?.paced.cpuMicros),
            `${round(paced.latency.p50)} / ${against(paced.latency.p99, naive?.paced.latency.p99)}`,
            against(saturated.perSecond, naive?.saturated.perSecond),
            round(saturated.cpuMicros),
            `${round(saturated.latency.p50)} / ${against(saturated.latency.p99, naive?.saturated.latency.p99)}`,
            `${round(paced.lag.p99)} / ${round(saturated.lag.p99)}`,
            paced.delivered === paced.expected && saturated.delivered === saturated.expected
              ? 'all'
              : `${paced.delivered + saturated.delivered} of ${paced.expected + saturated.expected}`,
          ]),
        ),
      ]
    }),
  ]
}

function memoryText(rows: MemoryRow[]): string[] {
  const text = ({ before, after, clients }: MemoryRow) =>
    `${Math.round(before / 2 ** 20)} → ${Math.round(after / 2 ** 20)} (${round((after - before) / 1024 / clients)})`
  const [counts, all] = [[...new Set(rows.map((row) => row.clients))], [...new Set(rows.map((row) => row.peer))]]
  return [
    'Resident memory of a server that has just started, before and after everybody has connected, MB; in brackets ' +
      'its growth for each, KB. A server that tidies up meanwhile seems to need less.',
    table(
      ['', ...counts.map((count) => `${count.toLocaleString('en')} connections`)],
      all.map((peer) => [
        peerNames[peer],
        ...counts.map((count) => text(rows.find((row) => row.peer === peer && row.clients === count)!)),
      ]),
    ),
  ]
}

const times = (group: number, single: number) => `${(group / single).toFixed(1)}×`
/**
 * An order takes its share of the processor however fast the disk is, so the gain from sharing a flush is limited by
 * how long a flush takes.
 */
const slowRow = (durable: DurableReport) => durable.rows.find(({ slowerBy }) => slowerBy > 0)

function durableText({ rows, flushMs, bare }: DurableReport): string[] {
  return [
    `Orders placed through the real code, each answered after the flush to the disk; afterwards the file is ` +
      `opened again and every acknowledged order looked for. A flush takes ${round(flushMs)} ms on this disk. ` +
      `Bare statements on the same tables, without any rules, come to ${round(bare.single)}/s with a commit each ` +
      `and ${round(bare.group)}/s with 64 to a commit: ${times(bare.group, bare.single)} is all that sharing a ` +
      `flush can gain here. On the last line every flush takes ${slowRow({ rows, flushMs, bare })?.slowerBy} ms ` +
      `longer, as on disks without a battery.`,
    table(
      [
        'writers',
        'orders/s, group commit',
        'p50 / p99 (ms)',
        'orders/s, one commit each',
        'p50 / p99 (ms)',
        'ratio',
        'acknowledged, missing',
      ],
      rows.map(({ writers, slowerBy, group, single }) => [
        slowerBy ? `${writers}, slower flush` : String(writers),
        round(group.perSecond),
        `${round(group.latency.p50)} / ${round(group.latency.p99)}`,
        round(single.perSecond),
        `${round(single.latency.p50)} / ${round(single.latency.p99)}`,
        times(group.perSecond, single.perSecond),
        `${(group.acknowledged + single.acknowledged).toLocaleString('en')}, ${group.missing + single.missing}`,
      ]),
    ),
  ]
}

function stormText(storm: StormResult): string[] {
  return [
    storm.name === 'back'
      ? `\`kill -9\` under ${storm.clients.toLocaleString('en')} clients, restarted on the same port and ` +
        `database. From the server's return all were live and at its head after ${round(storm.seconds)} s (half ` +
        `of them after ${round(storm.eachSeconds.p50)} s, 99 in 100 after ${round(storm.eachSeconds.p99)} s). ` +
        `Positions doubled: ${storm.doubled}; left out: ${storm.holes}.`
      : `After a minute ${storm.live} of ${storm.clients} were live and ${storm.correct} correct.`,
  ]
}

function paintText(paint: PaintResult): string[] {
  return [
    `A kitchen page in Chromium (1920 × 1080, no GPU) with ${paint.openAtStart} open tickets, growing to ` +
      `${paint.openAtEnd}. From the answer to the order to the frame that counts it: median ` +
      `${round(paint.latency.p50)} ms, p99 ${round(paint.latency.p99)} ms; ${paint.painted} of ${paint.expected} ` +
      `painted; ${paint.longTasks} tasks over 50 ms, the longest ${round(paint.longestMs)} ms.`,
  ]
}

function commandsText(rows: CommandRow[]): string[] {
  return [
    'What one costs the server, over HTTP, flushed where it writes.',
    table(
      ['', 'at once', 'CPU (µs)', 'per second'],
      rows.map(({ name, atOnce, cpuMicros, perSecond }) => [name, String(atOnce), round(cpuMicros), round(perSecond)]),
    ),
  ]
}

function fanoutTargets(rows: FanoutRow[]): Target[] {
  const of = (peer: Peer, clients: number) => rows.find((row) => row.peer === peer && row.clients === clients)?.result
  const [ours, naive, io] = [of('comanda', 1000), of('ws-naive', 1000), of('socket-io', 1000)]
  const complete = rows.every(
    ({ result: { paced, saturated } }) =>
      paced.delivered === paced.expected && saturated.delivered === saturated.expected,
  )
  const targets: Target[] =
    rows.length > 0
      ? [
          {
            what: 'every subscriber gets every event, once, in order',
            wanted: 'all',
            seen: complete ? 'all' : 'some are missing',
            met: complete,
          },
        ]
      : []
  if (!ours || !naive) return targets
  const ratio = (what: string, value: number, limit: number, least: boolean): Target => ({
    what,
    wanted: `${least ? '≥' : '≤'} ${limit}×`,
    seen: `${value.toFixed(2)}×`,
    met: least ? value >= limit : value <= limit,
  })
  targets.push(
    ratio(
      'CPU per delivery, 1,000 subscribers, 20/s, against naive `ws`',
      ours.paced.cpuMicros / naive.paced.cpuMicros,
      1,
      false,
    ),
    ratio(
      'saturated deliveries/s, 1,000 subscribers, against naive `ws`',
      ours.saturated.perSecond / naive.saturated.perSecond,
      1.5,
      true,
    ),
    ...(io
      ? [
          ratio(
            'saturated deliveries/s, 1,000 subscribers, against socket.io',
            ours.saturated.perSecond / io.saturated.perSecond,
            2,
            true,
          ),
        ]
      : []),
    ratio(
      'p99, 1,000 subscribers, 20/s, against naive `ws`',
      ours.paced.latency.p99 / naive.paced.latency.p99,
      1.2,
      false,
    ),
    ratio(
      'p99, 1,000 subscribers, saturated, against naive `ws`',
      ours.saturated.latency.p99 / naive.saturated.latency.p99,
      1.2,
      false,
    ),
  )
  return targets
}

function durableTargets(durable?: DurableReport): Target[] {
  if (!durable) return []
  const { rows, flushMs, bare } = durable
  const fast = rows.find(({ writers, slowerBy }) => writers === 64 && !slowerBy)!
  const slow = slowRow(durable)!
  const missing = rows.reduce(
    (sum, { group, single }) => sum + group.missing + single.missing + group.surplus + single.surplus,
    0,
  )
  const gain = ({ group, single }: DurableReport['rows'][number]) => group.perSecond / single.perSecond
  return [
    {
      what: `durable orders/s at 64 writers, against one commit per order, where a flush takes ${slow.slowerBy} ms`,
      wanted: '≥ 8×',
      seen: times(slow.group.perSecond, slow.single.perSecond),
      met: gain(slow) >= 8,
    },
    {
      what:
        `the same on this disk, whose flush takes ${round(flushMs)} ms: bare statements gain ` +
        `${times(bare.group, bare.single)}`,
      wanted: '≥ 8×',
      seen: times(fast.group.perSecond, fast.single.perSecond),
      met: bare.group / bare.single < 8 ? null : gain(fast) >= 8,
    },
    {
      what: 'acknowledged orders that the file does not hold, or the other way round',
      wanted: '0',
      seen: String(missing),
      met: missing === 0,
    },
  ]
}

function stormTargets(storm?: StormResult): Target[] {
  if (!storm) return []
  const good = storm.name === 'back' && storm.doubled === 0 && storm.holes === 0
  return [
    {
      what: `after \`kill -9\`, ${storm.clients.toLocaleString('en')} clients live and correct`,
      wanted: '≤ 10 s',
      seen: storm.name === 'back' ? `${storm.seconds.toFixed(1)} s` : 'not within a minute',
      met: good && storm.seconds <= 10,
    },
  ]
}

function paintTargets(paint?: PaintResult): Target[] {
  return paint
    ? [
        {
          what: 'commit to paint, p99',
          wanted: '< 150 ms',
          seen: `${round(paint.latency.p99)} ms`,
          met: paint.latency.p99 < 150 && paint.painted === paint.expected,
        },
      ]
    : []
}

const thousands = (value: number) => value.toLocaleString('en')

function historyText({ orders, events, megabytes, startMs, idle, requests, retention }: HistoryResult): string[] {
  return [
    `${thousands(orders)} orders and ${thousands(events)} events (${round(megabytes)} MB) next to an empty database, ` +
      `in turns. A start takes ${round(startMs.empty)} ms empty and ${round(startMs.long)} ms with the history, an ` +
      `idle server ${round(idle.empty)} and ${round(idle.long)} ms of CPU per second. ` +
      `${thousands(retention.dropped)} old events were dropped in ${round(retention.seconds)} s; nothing else ran ` +
      `for ${round(retention.heldMs)} ms at most (${round(retention.cpuMs)} ms of CPU).`,
    table(
      ['CPU of one request (µs)', 'empty', 'with the history', 'ratio'],
      requests.map(({ name, empty, long, ratio }) => [name, round(empty), round(long), `${ratio.toFixed(2)}×`]),
    ),
  ]
}

function historyTargets(history: Report['history']): Target[] {
  if (!history) return []
  const { orders, events, idle, requests, retention } = history.result
  // By the clock, so work of others counts: a busy machine can only confirm it.
  const isQuiet = history.machine.load <= history.machine.cores / 2
  const slowest = requests.reduce((worst, one) => (one.ratio > worst.ratio ? one : worst))
  return [
    {
      what: `idle CPU with ${thousands(orders)} orders and ${thousands(events)} events, against an empty database`,
      wanted: '≤ 1.2× or 2 ms/s more',
      seen: `${round(idle.long)} against ${round(idle.empty)} ms/s`,
      met: idle.long <= Math.max(1.2 * idle.empty, idle.empty + 2),
    },
    {
      what: `the same for snapshots, quote and place; the slowest is ${slowest.name}`,
      wanted: '≤ 1.2×',
      seen: `${slowest.ratio.toFixed(2)}×`,
      met: slowest.ratio <= 1.2,
    },
    {
      what: `the longest that nothing else runs while ${thousands(retention.dropped)} events are dropped`,
      wanted: '< 50 ms',
      seen: `${round(retention.heldMs)} ms (${round(retention.cpuMs)} of CPU)`,
      met: retention.heldMs < 50 || (isQuiet ? false : null),
    },
  ]
}

function railText(rows: RailRow[]): string[] {
  return [
    `The same rehearsed Friday (seed "friday", ${rows[0]?.tickets ?? 0} orders) on the grid of build 321a3f3 and on ` +
      `the rail, at the same type size, computed with the font's measured widths: whole tickets that are read at ` +
      `once, the mean over all starts of consecutive tickets, and tickets that are torn.`,
    table(
      ['screen', 'language', 'whole at once, grid', 'rail', 'torn, grid', 'rail'],
      rows.map(({ diagonal, distance, language, grid, rail }) => [
        `${diagonal} in at ${distance} m`,
        language,
        grid.whole.toFixed(1),
        rail.whole.toFixed(1),
        String(grid.torn),
        String(rail.torn),
      ]),
    ),
  ]
}

function railTargets(rows: RailRow[]): Target[] {
  return [
    { diagonal: 32, whole: 5.3, torn: 2 },
    { diagonal: 43, whole: 11.4, torn: 0 },
  ].flatMap(({ diagonal, whole, torn }) => {
    const mine = rows.filter((row) => row.diagonal === diagonal)
    if (mine.length === 0) return []
    const least = Math.min(...mine.map((row) => row.rail.whole))
    const most = Math.max(...mine.map((row) => row.rail.torn))
    return [
      {
        what: `whole tickets at once, ${diagonal} inches, in every language`,
        wanted: `≥ ${whole}`,
        seen: least.toFixed(1),
        met: least >= whole,
      },
      {
        what: `torn tickets of ${mine[0]!.tickets}, ${diagonal} inches`,
        wanted: `≤ ${torn}`,
        seen: String(most),
        met: most <= torn,
      },
    ]
  })
}
