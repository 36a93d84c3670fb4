import { randomUUID } from 'node:crypto'
import { moves } from '../../shared/order/moves.ts'
import type { OrderState } from '../../shared/order/order.ts'
import { orderBody, quote, type Target } from './orders.ts'

/** One order that somebody wants, tried with the same key until it is answered. */
export interface Attempt {
  key: string
  tries: number
  /** The order's id, once a 2xx came; null while it is unknown. */
  acked: string | null
}

export interface LoadOptions {
  /** How many people order at the same time; each sends the next order when the last is answered. */
  workers: number
  /** A staff cookie: with it, orders are moved too. */
  cookie?: string
  random: () => number
  /** The number of orders after which the load ends by itself. */
  max?: number
}

export interface Load {
  attempts: Attempt[]
  /** How often each refusal came, by code or by the network's error. */
  refusals: Map<string, number>
  /** Guarantees that an answer broke: the same key, another order. */
  faults: string[]
  acked: () => number
  /** Places no new orders; resolves when those under way are answered or given up. */
  stop: () => Promise<void>
  done: Promise<void>
}

const tryLimitMs = 4000
/** How many of the last orders are moved. */
const remembered = 30

/** People who order and staff who move orders, whatever happens to the server. */
export async function startLoad(
  target: Target,
  { workers, cookie, random, max = Infinity }: LoadOptions,
): Promise<Load> {
  const body = orderBody()
  const { total } = await quote(target, body)
  const attempts: Attempt[] = []
  const refusals = new Map<string, number>()
  const faults: string[] = []
  const known: { id: string; version: number; state: OrderState }[] = []
  let over = false

  async function send(path: string, content: unknown, headers: Record<string, string>) {
    try {
      const answer = await fetch(`${target.url}${path}`, {
        method: 'POST',
        body: JSON.stringify(content),
        headers: { origin: target.url, 'content-type': 'application/json', ...headers },
        signal: AbortSignal.timeout(tryLimitMs),
      })
      const parsed = (await answer.json()) as {
        order: { id: string; version: number; state: OrderState }
        error?: { code: string; order?: (typeof known)[number] }
      }
      if (!answer.ok) note(parsed.error?.code ?? String(answer.status))
      return { ok: answer.ok, ...parsed }
    } catch (error) {
      note((error as Error).name)
      return null
    }
  }
  const note = (why: string) => refusals.set(why, (refusals.get(why) ?? 0) + 1)

  async function place(attempt: Attempt) {
    attempt.tries += 1
    const answer = await send(
      '/api/pizzerias/napoli/orders',
      { ...body, total },
      { 'idempotency-key': attempt.key, ...(cookie && { cookie }) },
    )
    if (!answer?.ok) return false
    if (attempt.acked && attempt.acked !== answer.order.id)
      faults.push(`key ${attempt.key} gave ${attempt.acked}, then ${answer.order.id}`)
    if (!attempt.acked) {
      known.push(answer.order)
      if (known.length > remembered) known.shift()
    }
    attempt.acked = answer.order.id
    return true
  }

  async function moveOne(cookie: string) {
    const order = known[Math.floor(random() * known.length)]
    const steps = moves.filter(({ from, by, reason }) => from === order?.state && by.includes('counter') && !reason)
    if (!order || steps.length === 0) return
    const { to } = steps[Math.floor(random() * steps.length)]!
    const answer = await send(
      `/api/orders/${order.id}/moves`,
      { to, ifVersion: order.version, confirmUnpaid: true },
      { cookie },
    )
    Object.assign(order, answer?.ok ? answer.order : answer?.error?.order)
  }

  async function work() {
    while (!over && attempts.length < max) {
      const attempt: Attempt = { key: randomUUID(), tries: 0, acked: null }
      attempts.push(attempt)
      while (!(await place(attempt)) && !over) await new Promise((resolve) => setTimeout(resolve, 20 + random() * 200))
      // A double tap.
      if (attempt.acked && random() < 0.2) await place(attempt)
      if (cookie && random() < 0.6) await moveOne(cookie)
    }
  }

  const done = Promise.all(Array.from({ length: workers }, work)).then(() => {})
  return {
    attempts,
    refusals,
    faults,
    done,
    acked: () => attempts.filter(({ acked }) => acked).length,
    stop() {
      over = true
      return done
    },
  }
}
