import { numberOf } from '#shared/order/number'
import type { Order } from '#shared/order/order'
import { amendmentOf, placeOf } from '#shared/order/pad'
import type { RejectionCode } from '#shared/order/rejections'
import type { CustomerOrder } from '#shared/order/views'
import type { Desk } from '~/composables/counter/useDesk'
import type { Pad } from '~/composables/counter/usePad'
import { randomId } from '~/composables/randomId'
import { sendCommand, type CommandResult } from '~/composables/useCommand'

export type PadState =
  | { name: 'idle' }
  | { name: 'sending' }
  /** Nobody knows whether it arrived: it can only be sent again, with the same key, so that it is done once. */
  | { name: 'unanswered' }
  | { name: 'refused'; code: RejectionCode }

/** Sends what is on the pad: a new order with its payment, or the change of one. `done` closes the pad. */
export function useSendPad(pad: Pad, { store, menu, actions, payments, formats, signedOut }: Desk, done: () => void) {
  const { t } = useI18n()
  const state = shallowRef<PadState>({ name: 'idle' })
  /** What is on its way: sent again as it was. */
  let attempt: (() => Promise<void>) | null = null

  const written = () => ({
    form: { ...pad.form },
    lines: pad.wanted.value,
    total: pad.sum.value.ok ? pad.sum.value.total : 0,
    timezone: menu.menu.value!.pizzeria.timezone,
  })

  function refused(result: Exclude<CommandResult<unknown>, { name: 'done' }>) {
    if (result.name === 'unanswered') return void (state.value = { name: 'unanswered' })
    attempt = null
    state.value = { name: 'refused', code: result.code }
    if (result.name === 'limited') return
    if (result.status === 401) signedOut()
    const current = result.details.order as Order | undefined
    if (current) {
      store.upsert(current)
      // Compared from now on with what somebody else has made of it.
      if (pad.base.value) pad.base.value = current
    }
    // The menu here is older than the server's: what was refused is seen on its line.
    if (result.code.startsWith('menu.') || result.code === 'order.price_changed') void menu.load({ again: true })
  }

  function place() {
    const { mode, table, paid } = pad.form
    const guest = mode === 'table' ? t('counter.mode.table', { table: table.trim() }) : t('counter.pad.guest')
    const body = placeOf(written(), guest)
    const key = randomId()
    return async () => {
      const url = `/api/pizzerias/${store.pizzeria!.id}/orders`
      const result = await sendCommand<{ order: CustomerOrder }>(url, { method: 'POST', body, key, tries: 4 })
      if (result.name !== 'done') return refused(result)
      const { order } = result.data
      if (paid && order.total > 0) await take(order, paid)
      const who = { number: numberOf(order), name: order.name, time: formats.time(order.promiseAt) }
      actions.say(t('counter.notice.placed', who))
      done()
    }
  }

  /** Noted after the order stands: the kitchen may have begun meanwhile, which changes nothing about the money. */
  async function take(order: CustomerOrder, method: NonNullable<typeof pad.form.paid>) {
    const fact = { kind: 'payment' as const, method, amount: order.total }
    if (await payments.note(order, fact)) return
    const now = payments.stateOf(order.id)
    const current = store.orders[order.id]
    if (now.name === 'refused' && now.code === 'order.stale' && current) await payments.note(current, fact)
  }

  function amend(order: Order) {
    const body = amendmentOf(order, written())
    if (!body) return null
    const key = randomId()
    return async () => {
      const url = `/api/orders/${order.id}/amend`
      const result = await sendCommand<{ order: Order; difference: number }>(url, {
        method: 'POST',
        body,
        key,
        tries: 4,
      })
      if (result.name !== 'done') return refused(result)
      store.upsert(result.data.order)
      const { order: after } = result.data
      actions.say(t('counter.notice.amended', { number: numberOf(after), name: after.customer.name }))
      done()
    }
  }

  async function again() {
    if (!attempt || state.value.name === 'sending') return
    state.value = { name: 'sending' }
    await attempt()
  }

  async function send() {
    if (state.value.name === 'sending' || state.value.name === 'unanswered' || !pad.sum.value.ok) return
    const next = pad.base.value ? amend(pad.base.value) : place()
    // Nothing differs: there is nothing to send.
    if (!next) return done()
    attempt = next
    await again()
  }

  /** The pad closes although nobody knows whether it arrived: that stays on the screen, and so does the way to know. */
  function leave() {
    if (state.value.name !== 'unanswered') return
    actions.notice.value = {
      name: 'offline',
      order: pad.base.value,
      again: () => void again().then(() => state.value.name === 'unanswered' && leave()),
    }
  }

  return { state, send, again, leave }
}
