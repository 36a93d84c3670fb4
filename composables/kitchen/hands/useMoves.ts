import type { Ref } from 'vue'
import type { Part } from '#shared/order/duty'
import { isOpen } from '#shared/order/moves'
import type { Ticket } from '#shared/order/views'
import { numberOf } from '#shared/order/number'
import type { Order, OrderState } from '#shared/order/order'
import type { CallStyle } from '#shared/menu/menu'
import { calledAs } from '#shared/order/called'
import { sendCommand } from '~/composables/useCommand'
import { ask, due, emptyWindow, forget, undo, type Pending, type UndoWindow } from '#shared/kitchen/undo-window'

/** Something to tell the kitchen in a line, e.g. that the counter was first. */
export type Notice = {
  name: 'undone' | 'recalled' | 'gone' | 'refused' | 'offline' | 'nothing'
  number: string
  state?: OrderState
}

interface Options {
  tickets: Ref<Readonly<Record<string, Ticket>>>
  put: (sent: object) => void
  notify: (notice: Notice) => void
}

/** What there is to make, without the prices that only the counter is answered with. */
const toMake = ({ lines }: Pick<Ticket, 'lines'>) =>
  JSON.stringify(
    lines.map(({ item, size, crust, half, quantity, toppings, removed, note }) => [
      [item, size, crust, half?.item, quantity, note],
      toppings.map((one) => [one.topping, one.half, one.amount]),
      removed.map((one) => [one.topping, one.half]),
    ]),
  )

/** A step on its way, or the undo of one. */
type Sending = Pending & { undo?: true }

/**
 * ms between tries when the server cannot be reached. A repeated move changes nothing (ORD-2), so trying again is safe.
 */
const retryMs = 2_000
const maxTries = 30

/**
 * Steps that the kitchen asks for: each waits in the undo window for 3 s, then goes out with the version it was meant
 * for.
 */
export function useMoves({ tickets, put, notify }: Options) {
  const undoable = shallowRef<UndoWindow>(emptyWindow)
  const sending = shallowRef<Record<string, OrderState>>({})
  let timer: ReturnType<typeof setTimeout> | undefined
  /**
   * By order, whether the last step was taken: they go out one after the other, or a recall could overtake what it
   * takes back.
   */
  const underWay = new Map<string, Promise<boolean>>()

  const label = ({ id, number }: { id: string; number: number }) =>
    numberOf({ number, test: tickets.value[id]?.test ?? false })

  /** The version that the last step of an order has made: what an undo takes back. */
  const made = new Map<string, number>()

  function move(ticket: Ticket, to: OrderState, part?: Part) {
    undoable.value = ask(
      undoable.value,
      { id: ticket.id, number: ticket.number, from: ticket.state, to, part },
      performance.now(),
    )
    schedule()
  }

  function schedule() {
    clearTimeout(timer)
    const at = undoable.value.pending[0]?.sendAt
    if (at !== undefined) timer = setTimeout(flush, Math.max(0, at - performance.now()))
  }

  function flush() {
    const { steps: next, send: ready } = due(undoable.value, performance.now())
    undoable.value = next
    for (const step of ready) post(step)
    schedule()
  }

  function takeBack() {
    const { steps: next, undone } = undo(undoable.value)
    undoable.value = next
    schedule()
    if (!undone) return notify({ name: 'nothing', number: '' })
    if (undone.name === 'pending') return notify({ name: 'undone', number: label(undone.step) })
    post({ ...undone.step, sendAt: 0, undo: true })
    notify({ name: 'undone', number: label(undone.step) })
  }

  function post(step: Sending) {
    // What came to nothing leaves nothing to go on from.
    const taken = (underWay.get(step.id) ?? Promise.resolve(true)).then((before) => before && send(step))
    underWay.set(step.id, taken)
    void taken.finally(() => underWay.get(step.id) === taken && underWay.delete(step.id))
  }

  async function send({ id, number, from, to, part, undo }: Sending, tries = 0): Promise<boolean> {
    const ticket = tickets.value[id]
    if (!ticket) return false
    const ifVersion = undo ? (made.get(id) ?? ticket.version) : ticket.version
    sending.value = { ...sending.value, [id]: undo ? from : to }
    const result = await sendCommand<{ order: Order }>(`/api/orders/${id}/moves`, {
      method: 'POST',
      body: undo ? { undo, ifVersion } : { to, part, ifVersion },
    })
    const current = result.name === 'refused' ? (result.details.order as Order | undefined) : undefined
    // An undo whose answer was lost is found done when it is sent again.
    const found = undo && current?.version === ifVersion + 1 && current.state === from
    const done = result.name === 'done' ? result.data.order : found ? current : undefined
    if (done) {
      take(done)
      made.set(id, done.version)
    } else if (part && current && isOnlyFurther(ticket, current) && tries < maxTries) {
      // Another station has finished its part meanwhile, which takes nothing from this one.
      take(current)
      return send({ id, number, from, to, part, undo, sendAt: 0 }, tries + 1)
    } else if (undo && to === 'ready' && result.name === 'refused' && result.code === 'order.illegal') {
      // Too late to undo: the order comes back from ready, and says so (ORD-11).
      notify({ name: 'recalled', number: label({ id, number }) })
      return send({ id, number, from: 'ready', to: 'making', sendAt: 0 })
    } else if (result.name === 'refused') refused(id, label({ id, number }), current)
    else if (tries < maxTries) {
      if (tries === 0) notify({ name: 'offline', number: label({ id, number }) })
      await new Promise((resolve) => setTimeout(resolve, retryMs))
      return send({ id, number, to, from, part, undo, sendAt: 0 }, tries + 1)
    } else notify({ name: 'refused', number: label({ id, number }) })
    const { [id]: _, ...rest } = sending.value
    sending.value = rest
    return done !== undefined
  }

  function refused(id: string, number: string, current: Order | undefined) {
    if (!current) return notify({ name: 'refused', number })
    // Somebody was first: what is true is shown, and what was asked for is dropped.
    take(current)
    undoable.value = forget(undoable.value, id)
    notify({ name: 'gone', number, state: current.state })
  }

  /** The same things are still to be made. */
  const isOnlyFurther = (ticket: Ticket, current: Pick<Order, 'lines' | 'state' | 'version'>) =>
    current.version > ticket.version && isOpen(current.state) && toMake(current) === toMake(ticket)

  /** The server answers with the order as staff see it; the kitchen keeps the ticket in it. */
  function take(order: unknown) {
    const from = order as { name?: string; customer?: { name: string; phone?: string }; calledAs?: CallStyle }
    const { customer, calledAs: style, ...rest } = from
    put({ ...rest, name: from.name ?? calledAs(customer?.name ?? '', style) })
  }

  onScopeDispose(() => clearTimeout(timer))
  return { undoable, sending, move, takeBack }
}
