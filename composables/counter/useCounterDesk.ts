import { mayAmend } from '#shared/order/amend'
import type { Role } from '#shared/order/roles'
import { useBell } from '~/composables/counter/useBell'
import type { Desk, Panel, Sheet } from '~/composables/counter/useDesk'
import { provideDesk } from '~/composables/counter/useDesk'
import { useDeskAlarm } from '~/composables/counter/useDeskAlarm'
import { useDeskMenu } from '~/composables/counter/useDeskMenu'
import { useDeskFormats } from '~/composables/counter/useDeskFormats'
import { useHeldOrders } from '~/composables/counter/useHeldOrders'
import { useLanes } from '~/composables/counter/useLanes'
import { nextStep, useOrderActions } from '~/composables/counter/useOrderActions'
import { useOrderKeys } from '~/composables/counter/useOrderKeys'
import { useOwed } from '~/composables/counter/useOwed'
import { usePayments } from '~/composables/counter/usePayments'
import { useBackCloses } from '~/composables/useBackCloses'
import type { LiveStream } from '~/composables/useLiveStream'
import { useServerClock } from '~/composables/useServerClock'
import { useCounterStore } from '~/stores/counter'

interface Options {
  live: LiveStream
  user: { name: string; role: Role }
  onSignedOut: () => void
  focusSearch: () => void
}

/** Puts the counter together, and hands it to its components. `sheet` is what is being printed. */
export function useCounterDesk({ live, user, onSignedOut, focusSearch }: Options) {
  const store = useCounterStore()
  const now = useServerClock(live)
  const lanes = useLanes(store, now)
  const actions = useOrderActions(store, onSignedOut)
  const panel = shallowRef<Panel | null>(null)
  const sheet = shallowRef<Sheet | null>(null)
  const pad: Desk['pad'] = shallowRef(null)

  useBackCloses(
    computed({
      get: () => panel.value !== null || actions.question.value !== null || pad.value !== null,
      set: (open) => {
        if (!open) panel.value = actions.question.value = pad.value = null
      },
    }),
  )

  async function print(next: Sheet) {
    sheet.value = next
    await nextTick()
    window.print()
    sheet.value = null
  }

  const desk: Desk = {
    store,
    live,
    user,
    now,
    formats: useDeskFormats(computed(() => store.pizzeria)),
    lanes,
    actions,
    payments: usePayments(store, onSignedOut),
    owed: useOwed(store),
    held: useHeldOrders({ store, actions }),
    alarm: useDeskAlarm(store, lanes),
    bell: useBell(() => store.pizzeria?.id),
    panel,
    menu: useDeskMenu(store),
    pad,
    draft: shallowRef(null),
    signedOut: onSignedOut,
    print,
  }
  provideDesk(desk)

  const answerHeld = (answer: 'accept' | 'reject') => {
    if (lanes.all.value.held.length > 0) void desk.held.answer(answer)
  }
  useOrderKeys({
    advance: (id) => {
      const order = store.orders[id]
      const step = order && nextStep(order)
      if (order && step) void keepFocus(id, () => actions.move(order, step))
    },
    undo: () => void actions.undo(),
    accept: () => answerHeld('accept'),
    reject: () => answerHeld('reject'),
    search: focusSearch,
    write: () => (pad.value = { order: null }),
    change: (id) => {
      const order = store.orders[id]
      if (order && mayAmend('counter', order, false)) pad.value = { order }
    },
    pay: (id) => {
      const order = store.orders[id]
      if (order) actions.question.value = { name: 'payments', order }
    },
    help: () => (panel.value = 'keys'),
  })

  return { desk, sheet }
}

/**
 * A card that moves to another lane takes the focus with it into nothing: hand it to the neighbour, so that Enter,
 * Enter works.
 */
async function keepFocus(id: string, move: () => Promise<void>) {
  const cards = [...document.querySelectorAll<HTMLElement>('[data-order]')]
    .filter((card) => card.offsetParent !== null)
    .map((card) => card.dataset.order)
  const next = cards[cards.indexOf(id) + 1] ?? cards[cards.indexOf(id) - 1]
  await move()
  await nextTick()
  if (document.activeElement === document.body) document.querySelector<HTMLElement>(`[data-order="${next}"]`)?.focus()
}
