import { useEventListener, useTimeoutFn } from '@vueuse/core'
import { onMounted, shallowRef } from 'vue'
import { backoff } from '#shared/live/client/backoff'
import type { PlaceInput } from '#shared/order/order'
import { int, isObject, list, nullable, number, object, oneOf, text } from '#shared/live/client/checks'
import type { RejectionCode } from '#shared/order/rejections'
import type { CustomerOrder } from '#shared/order/views'
import { randomId } from '~/composables/randomId'
import { type Failure, sendCommand } from '~/composables/useCommand'
import { keptLine } from '~/composables/useBasketKept'
import { useKept } from '~/composables/useKept'

export type PlaceState =
  | { name: 'idle' }
  | { name: 'sending' }
  /** No answer that settles it. It is sent again at `retryAt` (ms), or as soon as the connection is back. */
  | { name: 'waiting'; retryAt: number; offline: boolean }
  /**
   * Left from an earlier visit (or stopped by the customer) and never answered: only the customer may send it again.
   */
  | { name: 'unanswered'; at: number }
  | { name: 'refused'; code: RejectionCode; details: Record<string, unknown> }
  | { name: 'placed'; tracking: string }

interface Sent {
  version: 1
  key: string
  at: number
  body: PlaceInput
}
type Attempt = Sent | null
const body = object<Pick<PlaceInput, 'mode' | 'customer' | 'lines' | 'note' | 'total'>>({
  mode: text,
  customer: object<{ name: string }>({ name: text }),
  lines: list(keptLine),
  note: text,
  total: int,
})
const attempt = nullable(object<Sent>({ version: oneOf(1), key: text, at: number, body }))
export interface PlacedOrder {
  order: CustomerOrder
  tracking: string
}

/** How long an unanswered order is sent again automatically, ms; after that nobody expects it any more. */
const resumeMs = 10 * 60_000
const answerMs = 12_000

/**
 * Places one order, however often the customer taps, reloads or loses the connection. The Idempotency-Key and the exact
 * body are stored on the device *before* the first request leaves and until an answer settles it, so that every retry
 * is the same order to the server.
 */
export function usePlaceOrder(pizzeria: string, placed: (order: PlacedOrder) => void) {
  const state = shallowRef<PlaceState>({ name: 'idle' })
  const kept = useKept<Attempt>(`comanda:checkout:${pizzeria}`, attempt, null)
  let failures = 0
  const wait = shallowRef(0)
  const retry = useTimeoutFn(resume, wait, { immediate: false })

  async function send() {
    const now = kept.value
    if (!now || state.value.name === 'sending' || state.value.name === 'placed') return
    retry.stop()
    state.value = { name: 'sending' }
    const result = await sendCommand<PlacedOrder>(`/api/pizzerias/${pizzeria}/orders`, {
      method: 'POST',
      body: now.body,
      key: now.key,
      timeout: answerMs,
    })
    if (result.name !== 'done') return settle(result)
    kept.value = null
    state.value = { name: 'placed', tracking: result.data.tracking }
    placed(result.data)
  }

  function settle(failure: Failure) {
    if (failure.name === 'refused') {
      kept.value = null
      state.value = { name: 'refused', code: failure.code, details: failure.details }
      return
    }
    failures += 1
    const told = failure.name === 'limited' ? (failure.retryAfter ?? 0) * 1000 : 0
    wait.value = Math.max(1000, told, backoff(failures, Math.random()))
    state.value = { name: 'waiting', retryAt: Date.now() + wait.value, offline: !navigator.onLine }
    retry.start()
  }

  /**
   * Sends again automatically, whatever woke the page, while the customer still expects it; later only the customer
   * may.
   */
  function resume() {
    if (!kept.value) return
    if (Date.now() - kept.value.at < resumeMs) return void send()
    retry.stop()
    state.value = { name: 'unanswered', at: kept.value.at }
  }

  /** The customer says that they still want it. */
  function sendAgain() {
    if (kept.value) kept.value = { ...kept.value, at: Date.now() }
    return send()
  }

  /** Sends the order; a second tap while one is on its way does nothing. The same body keeps its key. */
  function place(body: PlaceInput) {
    if (state.value.name === 'sending' || state.value.name === 'waiting' || state.value.name === 'placed') return
    const same = kept.value !== null && canonical(kept.value.body) === canonical(body)
    if (!same) kept.value = { version: 1, key: randomId(), at: Date.now(), body }
    failures = 0
    void send()
  }

  /** Stops sending. Whether the order arrived is unknown, and the page says so. */
  function stop() {
    if (state.value.name !== 'waiting' || !kept.value) return
    retry.stop()
    state.value = { name: 'unanswered', at: kept.value.at }
  }

  function forget() {
    retry.stop()
    kept.value = null
    state.value = { name: 'idle' }
  }

  useEventListener('online', () => {
    if (state.value.name === 'waiting') resume()
  })
  onMounted(() => {
    if (state.value.name === 'idle') resume()
  })

  return { state, kept, place, sendAgain, stop, forget }
}

/** What makes two bodies the same order, in one spelling: not the order of their fields, nor the promise seen. */
const canonical = ({ promise: _, ...body }: PlaceInput) =>
  JSON.stringify(body, (_name, value: unknown) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  )
