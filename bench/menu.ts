import { Agent, request } from 'node:http'
import { startComanda } from './lib/comanda.ts'
import { costOf, keepBusy, type Command } from './lib/commands.ts'
import { median } from './lib/figures.ts'

export interface MenuRow {
  name: string
  /** Requests answered per second. */ perSecond: number
  /** CPU time of the server for one, µs. */ cpuMicros: number
  /** Bytes of the body on the wire. */ bytes: number
}

/** Visitors at once. */
export const atOnce = 16

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
