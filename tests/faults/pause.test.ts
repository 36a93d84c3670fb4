import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { openReader } from '../support/live-reader.ts'
import { startLoad } from '../support/load.ts'
import { placeOrder, signIn, snapshot } from '../support/orders.ts'
import { randomFrom, seed } from '../support/seed.ts'
import { startServer } from '../support/server.ts'
import { eventually, expectConverged, figure, long, residentMb } from '../support/watching.ts'

/**
 * How long a process is suspended, ms. Longer than the 12 s after which no page may say "live"; 30 s also tests the
 * watchdog's own 25.
 */
const stopMs = long ? 30_000 : 13_000

const passed = (ms: number) => {
  const from = performance.now()
  return eventually(() => expect(performance.now() - from).toBeGreaterThan(ms), ms + 5000)
}

it.concurrent(
  '[CLI-3] [CLI-6] a server that stands still: no page says "live" for longer than 12 s, and all are right when ' +
    'it goes on',
  { timeout: 120_000 },
  async ({ expect }) => {
    const server = await startServer()
    const cookie = await signIn(server)
    const [kitchen, counter] = [
      openReader(server, 'kitchen:napoli', { cookie }),
      openReader(server, 'counter:napoli', { cookie, only: ['sse'], random: () => 0.01 }),
    ]
    await expectConverged(server, [kitchen, counter], { cookie })

    process.kill(server.pid, 'SIGSTOP')
    const stoppedAt = performance.now()
    try {
      // When either of them was last seen to claim it: what this process sleeps through is not counted.
      let claimed = 0
      await eventually(() => {
        const soFar = performance.now() - stoppedAt
        const claims = [kitchen, counter].map((reader) => reader.claimsLive())
        if (claims.includes(true)) claimed = soFar
        expect(claims).toEqual([false, false])
      }, 20_000)
      expect(claimed).toBeLessThan(13_000)
      // Somebody looks at the page: it pings, and nobody answers.
      kitchen.client.wake()
      counter.client.wake()
      await eventually(() => expect([kitchen.isLive(), counter.isLive()]).toEqual([false, false]), 15_000)
      await passed(Math.max(0, stopMs - (performance.now() - stoppedAt)))
      if (long)
        expect(kitchen.statuses.some((status) => status.name === 'waiting' && status.reason === 'silent')).toBe(true)
    } finally {
      process.kill(server.pid, 'SIGCONT')
    }

    const { order } = await placeOrder(server)
    await expectConverged(server, [kitchen, counter], { cookie, ms: 25_000 })
    expect(kitchen.orders.has(order.id)).toBe(true)
    kitchen.close()
    counter.close()
    await server.stop()
  },
)

it.concurrent(
  `[SRV-3] [SRV-5] a client that stands still costs the server nothing, and has missed nothing when it goes on ` +
    `(COMANDA_SEED=${seed})`,
  { timeout: 120_000 },
  async ({ expect }) => {
    const server = await startServer()
    const cookie = await signIn(server)
    const client = startClient(server.url, cookie)
    const other = openReader(server, 'kitchen:napoli', { cookie })
    await eventually(async () => expect((await client.tell()).status).toBe('live'))

    client.process.kill('SIGSTOP')
    const stoppedAt = performance.now()
    try {
      const load = await startLoad(server, { workers: 4, cookie, random: randomFrom(seed), max: 20 })
      await load.done
      const before = residentMb(server.pid)
      const more = await startLoad(server, {
        workers: 4,
        cookie,
        random: randomFrom(seed + 1),
        max: long ? 1000 : 150,
      })
      await more.done
      await passed(Math.max(0, stopMs - (performance.now() - stoppedAt)))
      expect(residentMb(server.pid) - before, 'growth of the server, MB').toBeLessThan(150)
      expect(await figure(server, 'comanda_buffered_bytes')).toBeLessThan(1024 * 1024)
      await expectConverged(server, [other], { cookie })
    } finally {
      client.process.kill('SIGCONT')
    }

    await eventually(async () => {
      const { position } = (await snapshot(server, 'kitchen:napoli', cookie)).body
      expect(await client.tell()).toEqual({ status: 'live', position, faults: [], orders: other.orders.size })
    }, 25_000)
    client.process.kill('SIGKILL')
    other.close()
    await server.stop()
  },
)

/** The live client in its own process, which answers each line with its state. */
function startClient(url: string, cookie: string) {
  const child: ChildProcess = spawn(
    process.execPath,
    [fileURLToPath(new URL('../support/client-process.ts', import.meta.url)), url, cookie],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  process.once('exit', () => child.kill('SIGKILL'))
  const lines = createInterface(child.stdout!)
  return {
    process: child,
    async tell() {
      child.stdin!.write('\n')
      const [said] = (await once(lines, 'line')) as [string]
      return JSON.parse(said) as { status: string; position: number; faults: string[]; orders: number }
    },
  }
}
