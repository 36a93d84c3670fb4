import { availableParallelism, loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { loopHeld, watchLoop } from '../tests/support/loop-held.ts'
import { demoPin, startServer, type TestServer } from '../tests/support/server.ts'
import { orderBody, placeOrder, quote, signIn } from '../tests/support/orders.ts'
import * as strangers from '../tests/support/strangers.ts'

/** What an attack did, and what it broke: empty when the shop stayed open. */
export interface AttackResult<Figures> {
  figures: Figures
  broken: string[]
}

export interface FloodFigures {
  /** How the thousand orders were answered, by status. */
  answers: Record<string, number>
  /** How much later an honest customer's pizza is promised than before, quarter hours. */
  laterSlots: number
  /** The counter's orders meanwhile: the slowest, ms, and how many were not placed at once. */
  counter: { placed: number; refused: number; slowestMs: number }
  /** How many orders one act of the counter cleared, and how many waited after it. */
  cleared: number
  left: number
  /** The longest silence of /healthz beyond that of an idle server, ms. */
  silenceMs: number
  /** The longest turn of the server's event loop, ms of its CPU time: what others do on the machine is not in it. */
  heldMs: number
  /** Whether the machine was quiet enough to judge the silence by. */
  isQuiet: boolean
}

export interface GuessFigures {
  minutes: number
  tries: number
  /** Tries that were compared with a PIN; the others were told to wait. */
  guesses: number
  /** Waves after which the staff's own tablet signed in at the first try, of all. */
  tablet: { first: number; waves: number }
  /** The longest time that a new tablet needed to sign in, s; null: longer than a minute. */
  newTabletSeconds: number | null
}

const limits = { laterSlots: 3, counterMs: 1000, silenceMs: 200, heldMs: 100, guessesAnHour: 50, newTabletMs: 60_000 }
const quarterMs = 15 * 60_000

async function withServer<Result>(work: (server: TestServer, staff: string) => Promise<Result>): Promise<Result> {
  const server = await startServer({ env: { COMANDA_LOG: 'warn', COMANDA_PROXIES: '1' }, ...watchLoop })
  try {
    return await work(server, await signIn(server))
  } finally {
    await server.stop()
  }
}

/** A thousand anonymous orders from ten addresses in ten seconds, while the counter goes on taking orders. */
export const floodOfOrders = (): Promise<AttackResult<FloodFigures>> =>
  withServer(async (server, staff) => {
    const isQuiet = loadavg()[0]! <= availableParallelism() / 2
    const before = await strangers.promisedAt(server)
    await loopHeld(server)
    const body = orderBody({ customer: { name: 'Max' } })
    const { total } = await quote(server, body)
    const answers: Record<string, number> = {}
    const counter = { placed: 0, refused: 0, slowestMs: 0 }
    const silenceMs = await strangers.longestSilence(server, async () => {
      let over = false
      const counting = (async () => {
        // Drinks, so that the counter's own orders delay nobody's pizza.
        const drinks = orderBody({ lines: [{ item: 'birra', quantity: 1 }] })
        const { total } = await quote(server, drinks)
        for (; !over; await wait(500)) {
          const asked = performance.now()
          await placeOrder(server, { ...drinks, total }, { cookie: staff }).then(
            () => counter.placed++,
            () => counter.refused++,
          )
          counter.slowestMs = Math.max(counter.slowestMs, performance.now() - asked)
        }
      })()
      const all = await strangers.flood(server, { ...body, total }, { orders: 1000, overMs: 10_000 })
      over = true
      await counting
      for (const { status } of all) answers[status] = (answers[status] ?? 0) + 1
    })
    const { cpuMs: heldMs } = await loopHeld(server)
    // What had reached the queue before the budget was used up is taken out of it piece by piece (BDG-2).
    const laterSlots = await settled(async () => ((await strangers.promisedAt(server)) - before) / quarterMs)
    await settled(() => strangers.waiting(server, staff))
    const { orders } = (await strangers.answerAll(server, staff, 'reject')).body as { orders: unknown[] }
    const left = await strangers.waiting(server, staff)
    const figures = { answers, laterSlots, counter, cleared: orders.length, left, silenceMs, heldMs, isQuiet }
    return {
      figures,
      broken: [
        ...over('an honest quote is later by', laterSlots, limits.laterSlots, 'quarter hours'),
        ...over('the slowest order of the counter took', counter.slowestMs, limits.counterMs, 'ms'),
        ...over('orders of the counter that were refused:', counter.refused, 0, ''),
        ...(isQuiet ? over('/healthz was silent for', silenceMs, limits.silenceMs, 'ms') : []),
        ...over('the event loop was held for', heldMs, limits.heldMs, 'ms of CPU'),
        ...over('after the one act there still wait', left, 0, 'orders'),
      ],
    }
  })

/** Waits until a figure has stayed the same for three seconds. */
async function settled(ask: () => Promise<number>): Promise<number> {
  let last = await ask()
  for (let same = 0, asked = 0; same < 3 && asked < 30; asked++) {
    await wait(1000)
    const next = await ask()
    same = next === last ? same + 1 : 0
    last = next
  }
  return last
}

/** A hundred wrong PINs from ten addresses, twice a minute; after each wave two tablets sign in. */
export const guessedPins = (minutes: number): Promise<AttackResult<GuessFigures>> =>
  withServer(async (server, staff) => {
    const tablet = { first: 0, waves: 0 }
    let tries = 0
    let guesses = 0
    let newTabletMs = 0
    const began = performance.now()
    for (let wave = 0; wave < minutes * 2; wave++) {
      await wait(Math.max(0, began + wave * 30_000 - performance.now()))
      const statuses = await strangers.guessPins(server, wave)
      tries += statuses.length
      guesses += statuses.filter((status) => status !== 429).length
      tablet.waves++
      const known = await strangers.tryPin(server, strangers.addresses[0]!, demoPin, strangers.deviceOf(staff))
      if (known.status === 200) tablet.first++
      newTabletMs = Math.max(newTabletMs, await signInAnew(server, `198.51.100.${wave + 10}`))
    }
    const newTabletSeconds = newTabletMs <= limits.newTabletMs ? newTabletMs / 1000 : null
    return {
      figures: { minutes, tries, guesses, tablet, newTabletSeconds },
      broken: [
        ...over('PINs that were compared:', guesses, limits.guessesAnHour - 1, ''),
        ...over("times that the staff's tablet was sent away:", tablet.waves - tablet.first, 0, ''),
        ...(newTabletSeconds === null ? ['a new tablet could not sign in within a minute'] : []),
      ],
    }
  })

/** A tablet that nobody has signed in on, at the staff's own address: ms until it is in, or more than a minute. */
async function signInAnew(server: TestServer, address: string): Promise<number> {
  const asked = performance.now()
  while ((await strangers.tryPin(server, address, demoPin)).status !== 200) {
    if (performance.now() - asked > limits.newTabletMs) break
    await wait(2000)
  }
  return performance.now() - asked
}

const over = (what: string, value: number, limit: number, unit: string) =>
  value > limit ? [`${what} ${Number(value.toFixed(1))} ${unit} (at most ${limit})`.replace('  ', ' ')] : []
