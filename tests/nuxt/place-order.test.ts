import { registerEndpoint } from '@nuxt/test-utils/runtime'
import { readBody, setResponseStatus } from 'h3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { placeInput } from '#shared/order/order'
import { usePlaceOrder } from '~/composables/usePlaceOrder'
import { openComposable } from '../support/composable'

const body = placeInput.parse({
  mode: 'pickup',
  customer: { name: 'Ada' },
  total: 950,
  lines: [{ item: 'margherita', size: 'medium', quantity: 1 }],
})
const storage = 'comanda:checkout:napoli'

/** What the server was sent, and how it answers next. */
let seen: { key: string | undefined; body: unknown }[] = []
let answers: { status: number; body: unknown }[] = []
const placed = { status: 201, body: { order: { number: 42 }, tracking: 'abc' } }
const refused = (status: number, code: string) => ({ status, body: { error: { code, message: '' } } })

registerEndpoint('/api/pizzerias/napoli/orders', {
  method: 'POST',
  handler: async (event) => {
    seen.push({ key: event.headers.get('idempotency-key') ?? undefined, body: await readBody(event) })
    const answer = answers.shift() ?? placed
    setResponseStatus(event, answer.status)
    return answer.body
  },
})

async function open() {
  const done = vi.fn()
  const { used: order, page } = await openComposable(() => usePlaceOrder('napoli', done))
  return { order, done, page }
}
const until = (order: ReturnType<typeof usePlaceOrder>, name: string) =>
  vi.waitFor(() => expect(order.state.value.name).toBe(name), 15_000)

describe('placing an order', () => {
  beforeEach(() => {
    localStorage.clear()
    seen = []
    answers = []
  })
  afterEach(() => vi.useRealTimers())

  it('makes one order of two taps', async () => {
    const { order, done, page } = await open()
    order.place(body)
    order.place(body)
    await until(order, 'placed')
    order.place(body)
    expect(order.state.value.name).toBe('placed')
    expect(seen).toHaveLength(1)
    expect(done).toHaveBeenCalledOnce()
    expect(localStorage.getItem(storage) ?? 'null').toBe('null')
    page.unmount()
  })

  it('sends the same key and body again until an answer settles it', async () => {
    answers = [{ status: 502, body: 'a proxy' }, refused(503, 'server.busy')]
    const { order, page } = await open()
    order.place(body)
    await until(order, 'waiting')
    expect(JSON.parse(localStorage.getItem(storage)!)).toMatchObject({ version: 1, body })
    await until(order, 'placed')
    expect(seen).toHaveLength(3)
    expect(new Set(seen.map((one) => one.key)).size).toBe(1)
    expect(seen[2]!.body).toEqual(seen[0]!.body)
    page.unmount()
  })

  it('stops at a refusal, shows its code, and takes a new key for the next try', async () => {
    answers = [refused(409, 'menu.sold_out')]
    const { order, page } = await open()
    order.place(body)
    await until(order, 'refused')
    expect(order.state.value).toMatchObject({ code: 'menu.sold_out' })
    order.place(body)
    await until(order, 'placed')
    expect(seen[0]!.key).not.toBe(seen[1]!.key)
    page.unmount()
  })

  it('continues by itself after a reload while it is unanswered', async () => {
    localStorage.setItem(storage, JSON.stringify({ version: 1, key: 'key-of-before', at: Date.now() - 60_000, body }))
    const { order, done, page } = await open()
    await until(order, 'placed')
    expect(seen[0]!.key).toBe('key-of-before')
    expect(done).toHaveBeenCalledOnce()
    page.unmount()
  })

  it("asks before it sends yesterday's order", async () => {
    localStorage.setItem(
      storage,
      JSON.stringify({ version: 1, key: 'key-of-before', at: Date.now() - 86_400_000, body }),
    )
    const { order, page } = await open()
    await until(order, 'unanswered')
    expect(seen).toHaveLength(0)
    order.forget()
    expect(order.state.value.name).toBe('idle')
    page.unmount()
  })

  it('[IDM-1] is one order from two tabs, in whatever order the fields of the body come', async () => {
    const reordered = Object.fromEntries(Object.entries({ ...body, promise: new Date().toISOString() }).reverse())
    localStorage.setItem(
      storage,
      JSON.stringify({ version: 1, key: 'key-of-tab-one', at: Date.now() - 3_600_000, body: reordered }),
    )
    const { order, page } = await open()
    await until(order, 'unanswered')
    order.place(body)
    await until(order, 'placed')
    expect(seen.map(({ key }) => key)).toEqual(['key-of-tab-one'])
    page.unmount()
  })

  it('[IDM-1] asks after ten minutes, whatever woke the page', async () => {
    answers = [refused(503, 'server.busy')]
    const { order, page } = await open()
    order.place(body)
    await until(order, 'waiting')
    order.kept.value = { ...order.kept.value!, at: Date.now() - 5 * 3_600_000 }
    window.dispatchEvent(new Event('online'))
    await until(order, 'unanswered')
    expect(seen).toHaveLength(1)
    void order.sendAgain()
    await until(order, 'placed')
    page.unmount()
  })

  it.each(['{"version":7', '{"version":7}', '{"version":1,"key":"of-another","at":1,"body":{}}'])(
    'survives foreign data in the storage: %s',
    async (text) => {
      localStorage.setItem(storage, text)
      const { order, page } = await open()
      expect(order.state.value.name).toBe('idle')
      page.unmount()
    },
  )
})
