import { round } from '../lib/figures.ts'
import { wayNames, type NodesResult, type Way } from '../nodes.ts'
import { deliveredText, spreadText, table, thousands, type Section, type Target } from './section.ts'

export const nodes: Section<NodesResult> = { title: 'Several nodes', text, targets }

function text({ hops, fanout, storm }: NodesResult): string[] {
  return [
    'PostgreSQL of this machine, flushed; from the request to one node (a dish goes out of stock) to the whole event ' +
      'at a socket, 50 times a second.',
    table(
      ['to', 'p50 / p99 (ms)', 'delivered'],
      hops.map(({ way, result: { paced } }) => [wayNames[way], spreadText(paced.latency), deliveredText(paced)]),
    ),
    'Everybody on one node, or in turn on three, 20 events/s; CPU is that of all three.',
    table(
      ['nodes listened to', 'subscribers', 'CPU per delivery (µs)', 'p50 / p99 (ms)', 'delivered'],
      fanout.map(({ nodes, clients, result: { paced } }) => [
        String(nodes),
        thousands(clients),
        round(paced.cpuMicros),
        spreadText(paced.latency),
        deliveredText(paced),
      ]),
    ),
    storm.seconds === null
      ? `One node of three killed under ${storm.clients} clients: not all were live elsewhere within a minute.`
      : `\`kill -9\` of one node of three behind HAProxy, under ${thousands(storm.clients)} clients, a ` +
        `third of them on it: all were live and at the head after ${round(storm.seconds)} s (99 in 100 ` +
        `after ${round(storm.eachSeconds.p99)} s). Positions doubled: ${storm.doubled}; left out: ${storm.holes}.`,
  ]
}

function targets(nodes: NodesResult): Target[] {
  const of = (way: Way) => nodes.hops.find((hop) => hop.way === way)!.result.paced.latency.p99
  const more = of('redis') - of('own')
  const { seconds, doubled, holes } = nodes.storm
  return [
    {
      what: 'commit on one node to a socket of another by Redis, p99, beyond one of the same node',
      wanted: '≤ 10 ms',
      seen: `${more.toFixed(1)} ms`,
      met: more <= 10,
    },
    {
      what: 'the same with Redis dead, p99',
      wanted: '< 1.1 s',
      seen: `${(of('none') / 1000).toFixed(2)} s`,
      met: of('none') < 1100,
    },
    {
      what: "a dead node's screens live elsewhere, all of them",
      wanted: '≤ 5 s',
      seen: seconds === null ? 'not within a minute' : `${seconds.toFixed(1)} s`,
      met: seconds !== null && seconds <= 5 && doubled + holes === 0,
    },
  ]
}
