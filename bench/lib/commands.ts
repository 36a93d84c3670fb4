import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { Comanda } from './comanda.ts'
import { cpuSeconds } from './process.ts'

/** Without pizzas, because the kitchen's slots would be full for a week after a few seconds. */
const order = { mode: 'pickup', customer: { name: 'Ada Lovelace' }, lines: [{ item: 'birra', quantity: 2 }] }
const basket = { mode: 'pickup', lines: [{ item: 'margherita', size: 'medium', quantity: 2 }] }

/** Resolves with the answer's text. */
export type Command = () => Promise<string>

/** The commands to measure, ready to be sent to a server over kept connections. */
export interface Commands {
  healthz: Command
  /** 86: an item goes out of stock until a time that differs each time. */
  soldOut: Command
  order: Command
  /** What a basket of two pizzas costs, and when it would be ready. */
  quote: Command
  /** The snapshot of a stream. */
  snapshot: (stream: string) => Command
  close(): void
}

export async function prepareCommands({ server, token }: Comanda): Promise<Commands> {
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
  return {
    healthz: () => call('GET', '/healthz', null),
    soldOut: () =>
      call('PATCH', '/api/pizzerias/napoli/menu/items/focaccia', {
        available: false,
        until: new Date(Date.UTC(2099, 0) + count++).toISOString(),
      }),
    order: () => call('POST', '/api/pizzerias/napoli/orders', { ...order, total }, { 'idempotency-key': randomUUID() }),
    quote: () => call('POST', '/api/pizzerias/napoli/quote', basket),
    snapshot: (stream) => () => call('GET', `/api/streams/${stream}`, null),
    close: () => agent.destroy(),
  }
}

/** Keeps that many under way for that long; resolves with the number that were done. */
export async function keepBusy(command: Command, atOnce: number, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000
  let done = 0
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (; performance.now() < until; done++) await command()
    }),
  )
  return done
}

/** What one of them costs the server (CPU, µs), and how many it answers per second. */
export async function costOf(command: Command, pid: number, { atOnce, seconds }: { atOnce: number; seconds: number }) {
  const [cpu, start] = [cpuSeconds(pid), performance.now()]
  const done = await keepBusy(command, atOnce, seconds)
  return {
    cpuMicros: ((cpuSeconds(pid) - cpu) / done) * 1e6,
    perSecond: (done / (performance.now() - start)) * 1000,
  }
}
