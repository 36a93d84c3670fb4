import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { startComanda } from './lib/comanda.ts'
import { median } from './lib/figures.ts'
import { cpuSeconds } from './lib/process.ts'

export interface CommandRow {
  name: string
  /** Under way at once. */ atOnce: number
  /** CPU time of the server for one, µs. */ cpuMicros: number
  perSecond: number
}

/** Without pizzas: the kitchen's slots would be full for a week after some seconds. */
const order = { mode: 'pickup', customer: { name: 'Ada Lovelace' }, lines: [{ item: 'birra', quantity: 2 }] }

/**
 * What requests cost the server, one and sixteen at a time, over real HTTP; and what it does when nobody asks for
 * anything.
 */
export async function measureCommands({ seconds, rounds }: { seconds: number; rounds: number }): Promise<CommandRow[]> {
  const { server, token } = await startComanda()
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const call = (method: string, path: string, body: object | null, headers: Record<string, string> = {}) =>
    new Promise<string>((resolve, reject) => {
      const text = body ? JSON.stringify(body) : ''
      const sent = request(
        {
          host: '127.0.0.1',
          port: server.port,
          agent,
          method,
          path,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
            ...headers,
          },
        },
        (answer) => {
          let said = ''
          answer
            .setEncoding('utf8')
            .on('data', (part: string) => {
              said += part
            })
            .on('end', () =>
              answer.statusCode! < 300
                ? resolve(said)
                : reject(new Error(`${path} was answered ${answer.statusCode}: ${said.slice(0, 200)}`)),
            )
        },
      )
      sent.on('error', reject).end(text)
    })
  const { total } = JSON.parse(await call('POST', '/api/pizzerias/napoli/quote', { lines: order.lines })) as {
    total: number
  }
  let count = 0
  const commands: Record<string, () => Promise<unknown>> = {
    'GET /healthz': () => call('GET', '/healthz', null),
    '86: PATCH …/menu/items/{item}': () =>
      call('PATCH', '/api/pizzerias/napoli/menu/items/focaccia', {
        available: false,
        until: new Date(Date.UTC(2099, 0) + count++).toISOString(),
      }),
    'order: POST …/orders': () =>
      call('POST', '/api/pizzerias/napoli/orders', { ...order, total }, { 'idempotency-key': randomUUID() }),
  }
  try {
    const rows: CommandRow[] = []
    // Before there are orders: nobody shows them here, so they would have to be looked after.
    await load(commands['GET /healthz']!, 1, seconds)
    await wait(seconds * 1000)
    const [cpu, idle] = [cpuSeconds(server.pid), seconds * 10]
    await wait(idle * 1000)
    rows.push({
      name: 'nothing, for a second',
      atOnce: 0,
      cpuMicros: ((cpuSeconds(server.pid) - cpu) / idle) * 1e6,
      perSecond: 1,
    })
    console.log(`commands, ${rows.at(-1)!.name}: ${rows.at(-1)!.cpuMicros.toFixed(0)} µs`)
    for (const [name, command] of Object.entries(commands)) {
      await load(command, 1, seconds)
      for (const atOnce of [1, 16]) {
        const results: { cpuMicros: number; perSecond: number }[] = []
        for (let round = 0; round < rounds; round++) {
          const [cpu, start] = [cpuSeconds(server.pid), performance.now()]
          const done = await load(command, atOnce, seconds)
          results.push({
            cpuMicros: ((cpuSeconds(server.pid) - cpu) / done) * 1e6,
            perSecond: (done / (performance.now() - start)) * 1000,
          })
        }
        rows.push({
          name,
          atOnce,
          cpuMicros: median(results.map((result) => result.cpuMicros)),
          perSecond: median(results.map((result) => result.perSecond)),
        })
        console.log(
          `commands, ${name}, ${atOnce} at once: ${rows.at(-1)!.cpuMicros.toFixed(0)} µs, ` +
            `${Math.round(rows.at(-1)!.perSecond)}/s`,
        )
      }
    }
    return rows
  } finally {
    agent.destroy()
    await server.stop()
  }
}

/** Keeps so many under way for so long; answers how many were done. */
async function load(command: () => Promise<unknown>, atOnce: number, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000
  let done = 0
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (; performance.now() < until; done++) await command()
    }),
  )
  return done
}
