import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Snapshot } from '../shared/live/messages.ts'
import type { OrderState } from '../shared/order/order.ts'
import { checkLog } from '../tests/support/checker.ts'
import type { Attempt } from '../tests/support/load.ts'
import { orderBody, quote } from '../tests/support/orders.ts'
import { randomFrom } from '../tests/support/seed.ts'
import { post, signInAsProgram, startComanda } from './lib/comanda.ts'
import { slope } from './lib/figures.ts'
import { fetchSnapshot } from './lib/node-io.ts'
import { openFiles, residentBytes } from './lib/process.ts'
import { createSoakClient, type SoakClient } from './soak-clients.ts'

export interface SoakOptions {
  seconds: number
  clients: number
  seed: number
  ordersPerSecond: number
  /** Between two faults, s. */ faultEvery: number
  say?: (text: string) => void
}
export interface SoakResult {
  /** What broke a rule; empty when all rules held. */
  broken: string[]
  acknowledged: number
  injected: Record<string, number>
  /** From the last fault until every screen was live and at the server's head, s (I8). */
  convergedSeconds: number
  /**
   * Growth over the last third, in which the server is not restarted: MB per minute, and open files per minute beyond
   * the connections of living clients (I7).
   */
  memoryPerMinute: number
  filesPerMinute: number
  memoryMb: number
}

/** One sign-in may hold 16 sockets. */
const perSession = 12
const streams = ['board', 'board', 'kitchen', 'kitchen', 'kitchen', 'counter', 'menu']

/**
 * Screens, orders and faults at random, and at the end the invariants I1 to I8. The same seed makes the same choices.
 */
export async function soak({
  seconds,
  clients: count,
  seed,
  ordersPerSecond,
  faultEvery,
  say = () => {},
}: SoakOptions): Promise<SoakResult> {
  const random = randomFrom(seed)
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!
  const { server, token } = await startComanda()
  const broken: string[] = []
  const fault = (text: string) => {
    if (broken.length < 50) broken.push(text)
  }
  const injected: Record<string, number> = {}
  const samples: { x: number; memory: number; files: number }[] = []
  const attempts: Attempt[] = []
  const start = performance.now()
  const elapsed = () => (performance.now() - start) / 1000
  const quietFrom = (seconds * 2) / 3
  const over = new AbortController()
  let restarting: Promise<void> | null = null

  const tokens: string[] = []
  for (let session = 0; session * perSession < count; session++) tokens.push(await signInAsProgram(server.url))
  const open = (index: number): SoakClient => {
    const stream = `${streams[index % streams.length]}:napoli`
    const headers: Record<string, string> =
      stream.startsWith('kitchen') || stream.startsWith('counter')
        ? { authorization: `Bearer ${tokens[Math.floor(index / perSession)]}` }
        : {}
    return createSoakClient({ port: server.port, stream, headers, noSockets: index % 5 === 4, random, fault })
  }
  const clients = Array.from({ length: count }, (_, index) => open(index))

  const body = orderBody()
  const { total } = await quote(server, body)
  const url = (path: string) => `${server.url}${path}`
  const bearer = { authorization: `Bearer ${token}` }

  /**
   * Sends with the same key until it is answered, now and then once more after that; then moves the order through the
   * kitchen.
   */
  async function order() {
    const attempt: Attempt = { key: randomUUID(), tries: 0, acked: null }
    attempts.push(attempt)
    let placed: { id: string; version: number } | null = null
    for (let again = random() < 0.2 ? 2 : 1; again > 0;) {
      attempt.tries++
      const answer = await post(
        url('/api/pizzerias/napoli/orders'),
        { ...body, total },
        { ...bearer, 'idempotency-key': attempt.key },
      ).catch(() => null)
      if (answer?.status === 201) {
        again--
        placed = (answer.body as { order: { id: string; version: number } }).order
        if (attempt.acked && attempt.acked !== placed.id) fault(`key ${attempt.key} gave two orders (I1)`)
        attempt.acked = placed.id
      } else if (answer && answer.status < 500) {
        return fault(`an order was refused: ${JSON.stringify(answer.body).slice(0, 120)}`)
      } else {
        await wait(100 + random() * 400)
      }
    }
    let { version } = placed!
    for (const to of ['making', 'baking', 'ready', 'collected'] satisfies OrderState[]) {
      await wait(500 + random() * 3000)
      for (let done = false; !done;) {
        const answer = await post(
          url(`/api/orders/${placed!.id}/moves`),
          { to, ifVersion: version, confirmUnpaid: true },
          bearer,
        ).catch(() => null)
        done = answer?.status === 200
        if (done) version = (answer!.body as { order: { version: number } }).order.version
        else if (answer && answer.status < 500)
          return fault(`a move to ${to} was refused: ${JSON.stringify(answer.body).slice(0, 160)}`)
        else await wait(200 + random() * 300)
      }
    }
  }

  const some = (share: number) => clients.filter(() => random() < share)
  async function restart(signal: 'SIGKILL' | 'SIGTERM') {
    await server.kill(signal)
    await wait(random() * 1000)
    await server.restart()
  }
  const faults: Record<string, () => void> = {
    cut: () => some(0.2).forEach((client) => client.line()?.cut()),
    'slow reader': () =>
      some(0.04).forEach((client) => {
        const line = client.line()
        line?.pause()
        setTimeout(() => line?.resume(), 1000 + random() * 30_000).unref()
      }),
    'page reloaded': () =>
      clients.forEach((client, index) => {
        if (random() > 0.05) return
        client.dispose()
        clients[index] = open(index)
      }),
    'kill -9': () => {
      restarting ??= restart('SIGKILL').finally(() => {
        restarting = null
      })
    },
    SIGTERM: () => {
      restarting ??= restart('SIGTERM').finally(() => {
        restarting = null
      })
    },
  }
  const gentle = ['cut', 'slow reader', 'page reloaded']

  /**
   * Files that the server has open for a good reason. A client that polled after a restart returns to its own
   * connection within minutes.
   */
  const held = () =>
    clients.filter((client) => {
      const status = client.status()
      return status.name === 'live' && status.transport !== 'polling'
    }).length

  const ordering: Promise<void>[] = []
  const loop = async (everyMs: number, run: () => void) => {
    while (!over.signal.aborted) {
      run()
      await wait(everyMs, null, { signal: over.signal }).catch(() => {})
    }
  }
  const loops = [
    loop(1000 / ordersPerSecond, () => {
      ordering.push(order())
    }),
    loop(faultEvery * 1000, () => {
      const name = elapsed() < quietFrom ? pick(Object.keys(faults)) : pick(gentle)
      injected[name] = (injected[name] ?? 0) + 1
      faults[name]!()
    }),
    loop(Math.min(5000, seconds * 50), () => {
      // Half a minute (or a tenth of a short run) after the last restart the memory has settled.
      if (!restarting && elapsed() > quietFrom + Math.min(30, seconds / 10))
        samples.push({
          x: elapsed() / 60,
          memory: residentBytes(server.pid) / 2 ** 20,
          files: openFiles(server.pid) - held(),
        })
    }),
    loop(30_000, () =>
      say(
        `${Math.round(elapsed())} s: ${attempts.filter(({ acked }) => acked).length} orders acknowledged, ` +
          `${clients.filter((client) => client.status().name === 'live').length} of ${count} live, ` +
          `${broken.length} broken`,
      ),
    ),
  ]

  await wait(seconds * 1000)
  over.abort()
  await Promise.all(loops)
  await restarting
  await Promise.all(ordering)
  clients.forEach((client) => client.line()?.resume())
  clients.filter(() => random() < 0.1).forEach((client) => client.line()?.cut())

  const lastFault = performance.now()
  const heads = new Map<string, Snapshot>()
  for (const name of new Set(streams)) {
    const answer = await fetchSnapshot(url(`/api/streams/${name}:napoli`), bearer)
    if (answer.name === 'snapshot') heads.set(`${name}:napoli`, answer.snapshot)
    else fault(`the last snapshot of ${name}: ${answer.name}`)
  }
  const behind = () =>
    clients.filter(
      (client) => client.status().name !== 'live' || client.position() < heads.get(client.stream)!.position,
    )
  while (behind().length > 0 && performance.now() - lastFault < 30_000) await wait(20)
  const convergedSeconds = (performance.now() - lastFault) / 1000
  for (const client of behind())
    fault(
      `${client.stream} is ${client.status().name} at ${client.position()} of ` +
        `${heads.get(client.stream)?.position} (I8)`,
    )
  for (const client of clients) {
    const difference = client.differs(heads.get(client.stream)!)
    if (difference) fault(difference)
  }
  clients.forEach((client) => client.dispose())
  await server.kill('SIGTERM')
  broken.push(...checkLog(server.databaseFile, attempts).slice(0, 20))
  await server.stop()
  const growth = (of: (sample: (typeof samples)[number]) => number) =>
    samples.length > 2 ? slope(samples.map((sample) => ({ x: sample.x, y: of(sample) }))) : 0
  return {
    broken,
    injected,
    convergedSeconds,
    acknowledged: attempts.filter(({ acked }) => acked).length,
    memoryPerMinute: growth(({ memory }) => memory),
    filesPerMinute: growth(({ files }) => files),
    memoryMb: samples.at(-1)?.memory ?? 0,
  }
}
