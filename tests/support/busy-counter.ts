import { randomUUID } from 'node:crypto'
import type { LineInput } from '../../shared/menu/line.ts'
import type { Payment } from '../../shared/order/money.ts'
import { paymentMethods } from '../../shared/order/money.ts'
import { isActive, moves } from '../../shared/order/moves.ts'
import type { Order, OrderState } from '../../shared/order/order.ts'
import { dueOf, paidOf } from '../../shared/order/payments.ts'
import { codeOf, line, placeOrder, request, type Answer, type Target } from './orders.ts'

/** Refusals that a rule of orders gives: somebody was faster, or it may not be. */
const expected =
  /^409 (order\.(stale|illegal|unpaid|price_changed)|menu\.sold_out)$|^422 order\.(amount|reason_required)$/
const refusedReasons = /^(409|422|400) order\.reason_required$/

export interface Busy {
  target: Target
  cookie: string
  random: () => number
  isManager: boolean
  /** Shared by all who work at once. */
  orders: Map<string, Order>
  /** Payments that the server has confirmed, with their orders. */
  noted: Map<string, { order: string; payment: Payment }>
  faults: string[]
  done: Record<string, number>
}

const dishes = [
  ['margherita', 'small'],
  ['margherita', 'medium'],
  ['marinara', 'large'],
  ['diavola', 'medium'],
  ['regina', 'medium'],
  ['panna-cotta', undefined],
  ['tiramisu', undefined],
] as const
const steps: OrderState[] = ['making', 'baking', 'ready', 'collected', 'cancelled', 'expired', 'queued']

/** Does one thing at random, as somebody at a counter or in the manager's office would; notes what must not happen. */
export async function actAtRandom(busy: Busy) {
  const { random, orders, isManager } = busy
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!
  const all = [...orders.values()]
  const open = all.filter(({ state }) => isActive(state))
  // Mostly what is still open; what is over gets its tries too.
  const order = open.length > 0 && random() < 0.85 ? pick(open) : all.length > 0 ? pick(all) : null
  const dice = random()
  if (!order || dice < 0.12) return await place(busy, pick)
  if (isManager && dice < 0.35) return await changeMenu(busy, pick)
  if (dice < 0.5) return await amend(busy, pick, order)
  if (dice < 0.75) return await pay(busy, pick, order)
  return await step(busy, pick, order)
}
type Pick = <T>(list: readonly T[]) => T

const someLines = (pick: Pick, random: () => number): LineInput[] =>
  Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
    const [item, size] = pick(dishes)
    const isPizza = size !== undefined
    return line({
      item,
      size,
      quantity: 1 + Math.floor(random() * 3),
      ...(isPizza && random() < 0.3 && { toppings: [{ topping: 'olives' }] }),
    })
  })

function settle({ orders, faults, done }: Busy, what: string, answer: Answer): boolean {
  const order = (answer.body.order ?? answer.body.error?.order) as Order | undefined
  if (order?.lines && 'total' in order) {
    const known = orders.get(order.id)
    if (!known || order.version > known.version) orders.set(order.id, order)
  }
  const ok = answer.status < 300
  const name = ok ? what : codeOf(answer)
  done[name] = (done[name] ?? 0) + 1
  if (!ok && !expected.test(name) && !refusedReasons.test(name)) faults.push(`${what}: ${name}`)
  return ok
}

/** One command; now and then its answer is lost, and the same is sent again, at once or while it is on its way. */
async function send(busy: Busy, what: string, path: string, body: object): Promise<Answer> {
  const { target, cookie, random } = busy
  const headers = { 'idempotency-key': randomUUID() }
  const once = () => request(target, 'POST', path, { cookie, body, headers })
  const times = random() < 0.25 ? 3 : 1
  const answers = await Promise.all(Array.from({ length: times }, once))
  const texts = new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`))
  if (answers.some(({ status }) => status < 300) && texts.size > 1)
    busy.faults.push(`${what}: one key, ${texts.size} answers`)
  settle(busy, what, answers[0]!)
  return answers[0]!
}

async function place({ target, cookie, random, orders, faults }: Busy, pick: Pick) {
  try {
    const { order } = await placeOrder(target, { lines: someLines(pick, random) }, { cookie })
    // A customer's view until somebody at the counter changes it: its lines and sums are the same.
    orders.set(order.id, { ...order, customer: { name: order.name, phone: null } } as unknown as Order)
  } catch (error) {
    if (!String(error).includes('menu.sold_out') && !String(error).includes('order.price_changed'))
      faults.push(String(error))
  }
}

async function amend(busy: Busy, pick: Pick, order: Order) {
  const path = `/api/orders/${order.id}/amend`
  const lines = someLines(pick, busy.random)
  const asked = { ifVersion: order.version, lines, note: pick(['', 'by the window', 'hurry']) }
  const answer = await send(busy, 'amend', path, { ...asked, total: order.total })
  const total = answer.body.error?.quote?.total as number | undefined
  if (total !== undefined) await send(busy, 'amend', path, { ...asked, total })
}

async function pay(busy: Busy, pick: Pick, order: Order) {
  const kind = busy.random() < 0.45 && paidOf(order) > 0 ? 'refund' : 'payment'
  // Now and then more than there is.
  const limit = kind === 'refund' ? paidOf(order) : dueOf(order)
  const amount = 1 + Math.floor(busy.random() * limit * 1.1)
  const body = { ifVersion: order.version, kind, method: pick(paymentMethods), amount }
  const answer = await send(busy, kind, `/api/orders/${order.id}/payments`, body)
  if (answer.status === 201) {
    const payment = answer.body.payment as Payment
    busy.noted.set(payment.id, { order: order.id, payment })
  }
}

async function step(busy: Busy, pick: Pick, order: Order) {
  const ifVersion = order.version
  const next = moves.filter(({ from, by }) => from === order.state && by.includes('counter')).map(({ to }) => to)
  const body =
    busy.random() < 0.2
      ? { undo: true, ifVersion }
      : {
          to: busy.random() < 0.8 ? pick(next.length > 0 ? next : steps) : pick(steps),
          ifVersion,
          reason: 'at random',
          confirmUnpaid: busy.random() < 0.5,
        }
  const path = `/api/orders/${order.id}/moves`
  settle(busy, 'move', await request(busy.target, 'POST', path, { cookie: busy.cookie, body }))
}

/** Another price of one dish, published with the whole menu. */
async function publish({ target, cookie, random, faults, done }: Busy, pick: Pick) {
  const path = '/api/pizzerias/napoli/menu'
  const { version, ...menu } = (await request(target, 'GET', path, { cookie })).body as {
    version: number
    items: { id: string; sizes: { price: number }[] }[]
  }
  const [id] = pick(dishes)
  const items = menu.items.map((item) =>
    item.id === id
      ? { ...item, sizes: item.sizes.map((size) => ({ ...size, price: 500 + Math.floor(random() * 20) * 50 })) }
      : item,
  )
  const { status, body } = await request(target, 'PUT', path, { cookie, body: { ...menu, items, ifVersion: version } })
  done.publish = (done.publish ?? 0) + 1
  if (status !== 200) faults.push(`publish: ${status} ${JSON.stringify(body)}`)
}

async function changeMenu(busy: Busy, pick: Pick) {
  const { target, cookie, random, faults, done } = busy
  if (random() < 0.5) return await publish(busy, pick)
  const [kind, id] = pick([
    ['items', 'marinara'],
    ['items', 'diavola'],
    ['toppings', 'olives'],
    ['toppings', 'mozzarella'],
  ] as const)
  const path = `/api/pizzerias/napoli/menu/${kind}/${id}`
  const { status } = await request(target, 'PATCH', path, { cookie, body: { available: random() < 0.6 } })
  done.menu = (done.menu ?? 0) + 1
  if (status !== 200) faults.push(`menu: ${status}`)
}
