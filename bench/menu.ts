import { Agent, request } from 'node:http'
import { startComanda } from './lib/comanda.ts'
import { costOf, keepBusy, type Command } from './lib/commands.ts'
import { median, round } from './lib/figures.ts'
import { table, type Target } from './lib/page.ts'

export interface MenuRow {
  name: string
  /** Requests answered per second. */ perSecond: number
  /** CPU time of the server for one, µs. */ cpuMicros: number
  /** Bytes of the body on the wire. */ bytes: number
}

/** What build 321a3f3 served on two cores of the machine of the trials. */
const before = 44
/** Visitors at once. */
const atOnce = 16

/**
 * How many visitors who are not signed in one server gives the menu: from memory, as they get it, and rendered for each
 * of them, as a page with a query is. In turns, so that a disturbance of the machine affects all alike.
 */
export async function measureMenu({ seconds, rounds }: { seconds: number; rounds: number }): Promise<MenuRow[]> {
  const { server } = await startComanda()
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  let bytes = 0
  const get = (path: string, headers: Record<string, string> = {}) =>
    new Promise<string>((resolve, reject) => {
      const asked = request(
        { host: '127.0.0.1', port: server.port, agent, path, headers: { 'accept-encoding': 'br', ...headers } },
        (answer) => {
          bytes = 0
          answer.on('data', (part: Buffer) => (bytes += part.length))
          answer
            .on('error', reject)
            .on('end', () =>
              answer.statusCode === 200 || answer.statusCode === 304
                ? resolve(String(answer.headers.etag))
                : reject(new Error(`${path} was answered ${answer.statusCode}`)),
            )
        },
      )
      asked.on('error', reject).end()
    })
  try {
    const etag = await get('/napoli')
    const kinds: Record<string, Command> = {
      'rendered for each': () => get('/napoli?rendered'),
      'from memory': () => get('/napoli'),
      'from memory, 304': () => get('/napoli', { 'if-none-match': etag }),
    }
    const found = new Map<string, { perSecond: number; cpuMicros: number; bytes: number }[]>()
    for (const command of Object.values(kinds)) await keepBusy(command, atOnce, seconds / 2)
    for (let round = 0; round < rounds; round++)
      for (const [name, command] of Object.entries(kinds)) {
        const cost = await costOf(command, server.pid, { atOnce, seconds })
        found.set(name, [...(found.get(name) ?? []), { ...cost, bytes }])
        console.log(`menu, ${name}: ${Math.round(cost.perSecond)}/s, ${cost.cpuMicros.toFixed(0)} µs, ${bytes} bytes`)
      }
    return [...found].map(([name, all]) => ({
      name,
      perSecond: median(all.map((one) => one.perSecond)),
      cpuMicros: median(all.map((one) => one.cpuMicros)),
      bytes: all[0]!.bytes,
    }))
  } finally {
    agent.destroy()
    await server.stop()
  }
}

export const menuText = (rows: MenuRow[]): string[] => [
  `The menu for visitors who are not signed in, compressed, over kept connections, ${atOnce} visitors at once; the ` +
    'load client runs on the same machine. Build 321a3f3 rendered the page for each of them, several times as ' +
    `large, and served ${before} a second.`,
  table(
    ['', 'per second', 'CPU (µs)', 'body (bytes)'],
    rows.map(({ name, perSecond, cpuMicros, bytes }) => [name, round(perSecond), round(cpuMicros), round(bytes)]),
  ),
]

export function menuTargets(rows: MenuRow[]): Target[] {
  const of = (name: string) => rows.find((row) => row.name === name)?.perSecond
  const [kept, rendered] = [of('from memory'), of('rendered for each')]
  if (!kept || !rendered) return []
  return [
    {
      what: 'anonymous menus per second, against rendering each in the same run',
      wanted: '≥ 20×',
      seen: `${(kept / rendered).toFixed(0)}×`,
      met: kept >= 20 * rendered,
    },
    {
      what: `anonymous menus per second, against the ${before} of build 321a3f3`,
      wanted: `≥ ${20 * before}`,
      seen: round(kept),
      met: kept >= 20 * before,
    },
  ]
}
