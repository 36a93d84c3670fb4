import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createLiveClient } from '../shared/live/client/client.ts'
import type { LiveStatus } from '../shared/live/client/types.ts'
import { nodeIo } from './lib/node-io.ts'
import { spread, type Spread } from './lib/figures.ts'
import { argument, say } from './lib/process.ts'

/**
 * Prints `ready` when all clients are live. Then SIGUSR2 says that the server is back; prints again when all are live
 * and at its head.
 */
export interface StormLoad {
  port: number
  clients: number
  stream: string
}
export type StormLine =
  | { name: 'ready'; seconds: number }
  /** Seconds from the server's return. `doubled` and `holes`: positions that came twice or were left out. */
  | { name: 'back'; seconds: number; eachSeconds: Spread; doubled: number; holes: number; lag: Spread }
  | { name: 'late'; live: number; correct: number }

const { port, clients, stream } = argument<StormLoad>()
let [doubled, holes] = [0, 0]

const all = Array.from({ length: clients }, () => {
  const mine = {
    status: { name: 'idle' } as LiveStatus,
    position: 0,
    backAt: 0,
    client: createLiveClient({
      stream,
      cursor: null,
      io: nodeIo({ port, stream }),
      on: {
        reset(snapshot) {
          mine.position = snapshot.position
        },
        apply({ position }) {
          if (position <= mine.position) doubled++
          else if (position > mine.position + 1) holes++
          mine.position = position
        },
        status(status) {
          mine.status = status
        },
      },
    }),
  }
  return mine
})

let start = performance.now()
for (const [index, { client }] of all.entries()) setTimeout(() => client.start(), (index / clients) * 4000)
await until(() => all.every(({ status }) => status.name === 'live' && status.transport === 'websocket'), 60_000)
say({ name: 'ready', seconds: (performance.now() - start) / 1000 } satisfies StormLine)

process.once('SIGUSR2', async () => {
  start = performance.now()
  const lag = monitorEventLoopDelay({ resolution: 5 })
  lag.enable()
  let head = Number.POSITIVE_INFINITY
  let asking = false
  const back = async () => {
    if (!asking && head === Number.POSITIVE_INFINITY) {
      asking = true
      head = ((await (await fetch(`http://127.0.0.1:${port}/api/streams/${stream}`)).json()) as { position: number })
        .position
    }
    let missing = 0
    for (const one of all) {
      const well = one.status.name === 'live' && one.position >= head
      if (well && !one.backAt) one.backAt = performance.now()
      if (!well) missing++
    }
    return missing === 0
  }
  const done = await until(() => {
    void back()
    return head < Number.POSITIVE_INFINITY && all.every((one) => one.backAt > 0 && one.status.name === 'live')
  }, 60_000)
  lag.disable()
  if (done)
    say({
      name: 'back',
      seconds: (Math.max(...all.map((one) => one.backAt)) - start) / 1000,
      eachSeconds: spread(all.map((one) => (one.backAt - start) / 1000)),
      doubled,
      holes,
      lag: { p50: Math.max(0, lag.percentile(50) / 1e6 - 5), p99: Math.max(0, lag.percentile(99) / 1e6 - 5) },
    } satisfies StormLine)
  else
    say({
      name: 'late',
      live: all.filter(({ status }) => status.name === 'live').length,
      correct: all.filter(({ position }) => position >= head).length,
    } satisfies StormLine)
  process.exit(0)
})

async function until(holds: () => boolean, limitMs: number): Promise<boolean> {
  for (
    const limit = performance.now() + limitMs;
    performance.now() < limit;
    await new Promise((resolve) => setTimeout(resolve, 20))
  )
    if (holds()) return true
  return false
}
