import { setTimeout as wait } from 'node:timers/promises'
import { line, request, snapshot, type Answer, type Target } from './orders.ts'
import { startServer } from './server.ts'

/** Ten addresses that a proxy of ours has seen: servers under attack run with `COMANDA_PROXIES=1`. */
export const addresses = Array.from({ length: 10 }, (_, index) => `203.0.113.${index + 1}`)
/** As the proxy reports it. */
export const from = (address: string) => ({ 'x-forwarded-for': address })

/** An order sent from an address that our proxy has seen. */
export const orderFrom = (target: Target, address: string, body: object, key: string = crypto.randomUUID()) =>
  request(target, 'POST', '/api/pizzerias/napoli/orders', {
    body,
    headers: { ...from(address), 'idempotency-key': key },
  })

/** When an honest customer's pizza would be ready, ms. Throws when the quote is refused. */
export async function promisedAt(target: Target, more: object = {}): Promise<number> {
  const answer = await request(target, 'POST', '/api/pizzerias/napoli/quote', {
    body: { lines: [line()], mode: 'pickup', ...more },
    headers: from('198.51.100.7'),
  })
  if (answer.status !== 200) throw new Error(`The quote was refused: ${answer.status} ${JSON.stringify(answer.body)}`)
  return Date.parse(answer.body.promise.at)
}

/** How many orders wait for the counter's yes. */
export const waiting = async (target: Target, staff: string): Promise<number> =>
  ((await snapshot(target, 'counter:napoli', staff)).body.state.orders as { state: string }[]).filter(
    ({ state }) => state === 'pending',
  ).length

/** The counter's one act for all that wait. */
export const answerAll = (target: Target, staff: string, answer: string, which: object = { held: true }) =>
  request(target, 'POST', '/api/pizzerias/napoli/waiting', { cookie: staff, body: { answer, which } })

export interface Flood {
  /** How many orders. */
  orders: number
  /** Spread over this time, ms; 0: as fast as they are answered. */
  overMs: number
}

/** Orders of strangers from ten addresses, twenty at once. Resolves with the answers. */
export async function flood(target: Target, body: object, { orders, overMs }: Flood): Promise<Answer[]> {
  const [atOnce, began] = [20, performance.now()]
  const answers: Answer[] = []
  for (let sent = 0; sent < orders; sent += atOnce) {
    await wait(Math.max(0, began + (overMs * sent) / orders - performance.now()))
    const batch = Array.from({ length: atOnce }, (_, index) =>
      orderFrom(target, addresses[index % addresses.length]!, body),
    )
    answers.push(...(await Promise.all(batch)))
  }
  return answers
}

/** Somebody types a PIN; `cookie` is that of their device. */
export const tryPin = (target: Target, address: string, pin: string, cookie = '') =>
  request(target, 'POST', '/api/staff/sign-in', {
    body: { pizzeria: 'napoli', pin },
    cookie,
    headers: from(address),
  })

/** A hundred wrong PINs from ten addresses at once; each wave tries others. Resolves with the answers' statuses. */
export async function guessPins(target: Target, wave = 0): Promise<number[]> {
  const guesses = Array.from({ length: 100 }, (_, index) =>
    tryPin(target, addresses[index % addresses.length]!, String(300_000 + 100 * wave + index)),
  )
  return (await Promise.all(guesses)).map(({ status }) => status)
}

/** Of the cookies of a signed-in browser, the one that stays after a sign-out: the device is known. */
export const deviceOf = (cookies: string) =>
  cookies
    .split('; ')
    .filter((cookie) => cookie.startsWith('comanda-device'))
    .join('; ')

const healthMs = async ({ url }: Target) => {
  const asked = performance.now()
  await fetch(`${url}/healthz`).then((answer) => answer.arrayBuffer())
  return performance.now() - asked
}

/**
 * The longest silence of /healthz while something runs, ms, beyond that of an idle server beside it: what keeps this
 * process and the machine busy delays both.
 */
export async function longestSilence(target: Target, work: () => Promise<unknown>): Promise<number> {
  const idle = await startServer({ env: { COMANDA_LOG: 'warn' } })
  let over = false
  let longest = 0
  const watch = (async () => {
    while (!over) {
      const [busy, quiet] = await Promise.all([healthMs(target), healthMs(idle)])
      longest = Math.max(longest, busy - quiet)
    }
  })()
  try {
    await work()
  } finally {
    over = true
    await watch
    await idle.stop()
  }
  return longest
}
