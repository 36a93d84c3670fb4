import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { LineInput } from '../../shared/menu/line.ts'
import type { Order, OrderState } from '../../shared/order/order.ts'
import type { CustomerOrder } from '../../shared/order/views.ts'
import { demoPin } from './server.ts'

/** All that these helpers need of a server; a load client or a screenshot tool may bring its own. */
export interface Target {
  url: string
}

/** The type of a body is loose: a test asserts on each field anyway. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
export interface Answer<Body = any> {
  status: number
  body: Body
  headers: Headers
}

/** One request as a browser on our own pages would send it. */
export async function request<Body = Answer['body']>(
  target: Target,
  method: string,
  path: string,
  options: { body?: unknown; cookie?: string; headers?: Record<string, string> } = {},
): Promise<Answer<Body>> {
  // Where this process was busy for long, the server may have closed a kept connection: one turn lets fetch see that.
  await setImmediate()
  const answer = await fetch(`${target.url}${path}`, {
    method,
    headers: {
      origin: new URL(target.url).origin,
      ...(options.cookie && { cookie: options.cookie }),
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body !== undefined && {
      body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body),
    }),
    redirect: 'manual',
  })
  const text = await answer.text()
  return { status: answer.status, body: parsed(text) as Body, headers: answer.headers }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The cookies of an answer, as a `cookie` header. */
export const cookiesOf = (answer: Answer) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

/** Signs in with a PIN; returns the cookie header to send from then on. */
export async function signIn(target: Target, pin = demoPin, pizzeria = 'napoli'): Promise<string> {
  const answer = await request(target, 'POST', '/api/staff/sign-in', { body: { pizzeria, pin } })
  if (answer.status !== 200) throw new Error(`Sign-in was refused: ${answer.status} ${JSON.stringify(answer.body)}`)
  return cookiesOf(answer)
}

/** A line of an order: one medium margherita by default. */
export const line = (over: Partial<LineInput> = {}): LineInput => ({
  item: 'margherita',
  size: 'medium',
  quantity: 1,
  ...over,
})

export interface OrderBody {
  mode: 'pickup' | 'table'
  customer: { name: string; phone?: string }
  lines: LineInput[]
  note?: string
  total?: number
  [more: string]: unknown
}

/** An order's body, valid except for its `total`, which `placeOrder` asks for. */
export const orderBody = (over: Partial<OrderBody> = {}): OrderBody => ({
  mode: 'pickup',
  customer: { name: 'Ada Lovelace', phone: '+33612345678' },
  lines: [line()],
  ...over,
})

/** What a basket costs, according to the server. */
export async function quote(target: Target, body: Pick<OrderBody, 'lines' | 'mode'>, pizzeria = 'napoli') {
  const answer = await request(target, 'POST', `/api/pizzerias/${pizzeria}/quote`, {
    body: { lines: body.lines, mode: body.mode },
  })
  if (answer.status !== 200) throw new Error(`The quote was refused: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body as { total: number }
}

export interface PlaceOptions {
  key?: string
  cookie?: string
  pizzeria?: string
}

/** Sends an order as it is, whatever the answer; for tests of refusals. */
export const postOrder = (
  target: Target,
  body: unknown,
  { key = randomUUID(), cookie, pizzeria = 'napoli' }: PlaceOptions = {},
) =>
  request(target, 'POST', `/api/pizzerias/${pizzeria}/orders`, {
    body,
    headers: { 'idempotency-key': key },
    ...(cookie && { cookie }),
  })

/** Places an order, with the server's own total unless the body has one. Throws when it is refused. */
export async function placeOrder(
  target: Target,
  over: Partial<OrderBody> = {},
  options: PlaceOptions = {},
): Promise<{ order: CustomerOrder; tracking: string }> {
  const body = orderBody(over)
  const answer = await postOrder(
    target,
    { ...body, total: body.total ?? (await quote(target, body, options.pizzeria)).total },
    options,
  )
  if (answer.status !== 201) throw new Error(`The order was refused: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** Moves an order as staff. */
export const move = (
  target: Target,
  cookie: string,
  order: { id: string; version: number },
  to: OrderState,
  more: Record<string, unknown> = {},
) =>
  request<{ order: Order }>(target, 'POST', `/api/orders/${order.id}/moves`, {
    cookie,
    body: { to, ifVersion: order.version, ...more },
  })

/** A stream's snapshot. */
export const snapshot = (target: Target, stream: string, cookie?: string) =>
  request(target, 'GET', `/api/streams/${stream}`, cookie ? { cookie } : {})

/** A refusal as tests name it: `409 order.stale`; only the status where there is no error. */
export const codeOf = (answer: { status: number; body: { error?: { code: string } } }) =>
  `${answer.status} ${answer.body.error?.code ?? ''}`.trim()
