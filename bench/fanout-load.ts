import { createHash, createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { spread, type Spread } from './lib/figures.ts'
import { argument, cpuSeconds, say } from './lib/process.ts'
import { subscribeAll, type Target } from './lib/subscriber.ts'

/**
 * The load client: subscribers, publisher and clock in one process, so that a latency is measured by a single clock.
 */
export interface FanoutLoad extends Target {
  /** Whose CPU time is counted. */
  pids: number[]
  clients: number
  publish: {
    port: number
    method: string
    path: string
    headers: Record<string, string>
    /** `@until@` is replaced by a time that identifies the event. */ body: string
    /** Signs each request as a server library of the Pusher protocol does. */
    app?: { key: string; secret: string }
  }
  /** Events a second, and for how long (s). */
  rate: number
  rateSeconds: number
  /** Saturated with 4 events under way at once, and for how long (s); 0: not at all. */
  saturatedSeconds: number
  /** The same with 64. */
  saturated64Seconds?: number
  /** Commands before the measurement, so that code is compiled: 4,000 where nothing else is said. */
  warmCommands?: number
}

export interface PhaseResult {
  /** ms, from the publisher's request to the arrival of the whole event. */
  latency: Spread
  delivered: number
  expected: number
  perSecond: number
  /** CPU time of the server for one delivery, µs. */
  cpuMicros: number
  /** How late this client's own event loop was, ms. */
  lag: Spread
}
export interface FanoutResult {
  eventBytes: number
  paced: PhaseResult
  saturated: PhaseResult
  saturated64?: PhaseResult
}

const load = argument<FanoutLoad>()
/** Times far in the future identify the event and do no harm in a menu. */
const base = Date.UTC(2099, 0)
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
let published = 0
const cpu = () => load.pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0)

interface Phase {
  counts: Uint32Array
  arrivals: Float64Array
  most: number
  sentAt: Float64Array
  order: number[]
  order2: number[]
  complete: Uint32Array
  first: number
  delivered: number
  onComplete(): void
}
let phase: Phase | null = null

function publish(): Promise<void> {
  const n = published++
  const body = load.publish.body.replace('@until@', new Date(base + n).toISOString())
  const { app, path, method } = load.publish
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: '127.0.0.1',
        port: load.publish.port,
        agent,
        method,
        path: app ? signed(app, method, path, body) : path,
        headers: {
          ...load.publish.headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (answer) => {
        answer
          .resume()
          .on('end', () =>
            answer.statusCode! < 300 ? resolve() : reject(new Error(`publishing was answered ${answer.statusCode}`)),
          )
      },
    )
    call.on('error', reject)
    if (phase) phase.sentAt[n - phase.first] = performance.now()
    call.end(body)
  })
}

function signed({ key, secret }: { key: string; secret: string }, method: string, path: string, body: string) {
  const md5 = createHash('md5').update(body).digest('hex')
  const query = `auth_key=${key}&auth_timestamp=${Math.floor(Date.now() / 1000)}&auth_version=1.0&body_md5=${md5}`
  const signature = createHmac('sha256', secret).update(`${method}\n${path}\n${query}`).digest('hex')
  return `${path}?${query}&auth_signature=${signature}`
}

let eventBytes = 0
let arrivals = 0
function arrived(client: number, text: string) {
  arrivals += 1
  if (text) eventBytes = Buffer.byteLength(text)
  if (!phase) return
  const index = phase.counts[client]!++
  if (index >= phase.most) return
  phase.arrivals[client * phase.most + index] = performance.now()
  phase.delivered += 1
  if (text) {
    const n = Date.parse(/"until\\*":\\*"([^"\\]+)/.exec(text)![1]!) - base - phase.first
    ;(client === 0 ? phase.order : phase.order2).push(n)
  }
  if (++phase.complete[index]! === load.clients) phase.onComplete()
}

/** Measures while `run` publishes; `run` resolves with the number of events after the last one was sent. */
async function measure(
  seconds: number,
  most: number,
  run: (phase: Phase, until: number) => Promise<void>,
): Promise<PhaseResult> {
  const lag = monitorEventLoopDelay({ resolution: 5 })
  phase = {
    counts: new Uint32Array(load.clients),
    arrivals: new Float64Array(load.clients * most),
    most,
    sentAt: new Float64Array(most),
    order: [],
    order2: [],
    complete: new Uint32Array(most),
    first: published,
    delivered: 0,
    onComplete() {},
  }
  const mine = phase
  lag.enable()
  const [before, start] = [cpu(), performance.now()]
  await run(mine, start + seconds * 1000)
  const events = published - mine.first
  for (const limit = performance.now() + 10_000; mine.delivered < events * load.clients && performance.now() < limit;)
    await wait(5)
  const elapsed = (performance.now() - start) / 1000
  const used = cpu() - before
  lag.disable()
  phase = null
  // Two samples must have seen the same events in the same order, each once.
  const sound =
    mine.order.length === events &&
    new Set(mine.order).size === events &&
    (load.clients === 1 || mine.order.every((n, index) => mine.order2[index] === n))
  const latencies = new Float64Array(mine.delivered)
  let at = 0
  for (let client = 0; client < load.clients; client++) {
    for (let index = 0; index < Math.min(mine.counts[client]!, most); index++)
      latencies[at++] = mine.arrivals[client * most + index]! - mine.sentAt[mine.order[index]!]!
  }
  return {
    latency: spread(latencies),
    delivered: sound ? mine.delivered : 0,
    expected: events * load.clients,
    perSecond: mine.delivered / elapsed,
    cpuMicros: (used / mine.delivered) * 1e6,
    lag: { p50: Math.max(0, lag.percentile(50) / 1e6 - 5), p99: Math.max(0, lag.percentile(99) / 1e6 - 5) },
  }
}

async function paced(_phase: Phase, until: number) {
  const every = 1000 / load.rate
  const answers: Promise<void>[] = []
  for (let due = performance.now(); due < until; due += every) {
    await wait(Math.max(0, due - performance.now()))
    answers.push(publish())
  }
  await Promise.all(answers)
}

const saturated = (inFlight: number) => (mine: Phase, until: number) => {
  return new Promise<void>((resolve, reject) => {
    let underWay = 0
    const answers: Promise<void>[] = []
    const more = () => {
      while (underWay < inFlight && performance.now() < until && published - mine.first < mine.most) {
        underWay += 1
        const answer = publish()
        answer.catch(reject)
        answers.push(answer)
      }
      if (underWay === 0) Promise.all(answers).then(() => resolve(), reject)
    }
    mine.onComplete = () => {
      underWay -= 1
      setImmediate(more)
    }
    more()
  })
}

/**
 * Every server is measured warm, as it runs an hour after its start, when its code is compiled: first the path of a
 * command, then the fan-out.
 */
const warmCommands = load.warmCommands ?? 4000
await Promise.all(
  Array.from({ length: 4 }, async () => {
    while (published < warmCommands) await publish()
  }),
)
const subscribers = await subscribeAll(load, load.clients, arrived)
// Two samples keep reading everything.
for (const [index, { reader }] of subscribers.entries()) reader.whole = index === 0 || index === load.clients - 1
const warmEvents = 400
for (let warm = 0; warm < warmEvents; warm++) {
  await publish()
  await wait(20)
}
// Where nodes only look at the log, the last of these are a second away; none may arrive within the measurement.
for (const limit = performance.now() + 5000; arrivals < warmEvents * load.clients && performance.now() < limit;)
  await wait(5)
await wait(300)
const pacedResult = await measure(load.rateSeconds, load.rateSeconds * load.rate + 10, paced)
const mostEvents = Math.floor(Math.min(20_000, 4e6 / load.clients))
const saturatedResult = await measure(load.saturatedSeconds, mostEvents, saturated(4))
const crowded = load.saturated64Seconds
  ? { saturated64: await measure(load.saturated64Seconds, mostEvents, saturated(64)) }
  : {}
say({ eventBytes, paced: pacedResult, saturated: saturatedResult, ...crowded } satisfies FanoutResult)
process.exit(0)
