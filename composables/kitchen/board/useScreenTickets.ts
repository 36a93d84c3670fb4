import type { Ref } from 'vue'
import type { Ticket } from '#shared/order/views'
import { inShare, paints, type Duty } from '#shared/order/duty'
import { sortTickets } from '#shared/kitchen/queue'
import { isOnScreen } from '#shared/kitchen/ticket'
import { unlessSame } from '~/composables/kitchen/board/unlessSame'
import type { useKitchenStore } from '~/stores/kitchen'

interface Options {
  store: ReturnType<typeof useKitchenStore>
  duty: Readonly<Ref<Duty>>
  /** It shows the other share's orders, too. */
  standsIn: Readonly<Ref<boolean>>
  /** ms, the server's clock */
  now: Readonly<Ref<number>>
}

/**
 * The tickets of this screen: open or freshly cancelled, with the lines that it answers for, in due order. The lists
 * stay the same objects while nothing changes, so that a tick of the clock hangs nothing again.
 */
export function useScreenTickets({ store, duty, standsIn, now }: Options) {
  const dismissed = shallowRef<ReadonlySet<string>>(new Set())
  const filter = computed(() => linesOf(duty.value))
  const share = computed(() => (standsIn.value ? 'all' : duty.value.share))

  const isFinishedHere = ({ done }: Ticket) => done?.some((part) => part === duty.value.station) === true

  const here = (ticket: Ticket) =>
    inShare(share.value, ticket.number) && !isFinishedHere(ticket) ? filter.value(ticket) : null

  const tickets = computed<readonly Ticket[]>((before) => {
    const all = sortTickets(
      Object.values(store.tickets)
        .filter((ticket) => isOnScreen(ticket, now.value) && !dismissed.value.has(`${ticket.id} ${ticket.version}`))
        .map(here)
        .filter((ticket) => ticket !== null),
    )
    return unlessSame(before, all)
  })
  const touched = computed<readonly string[]>((before) =>
    unlessSame(
      before,
      store.happened
        .slice(-8)
        .flatMap((one) =>
          'ticket' in one && one.name !== 'new' && now.value - Date.parse(one.ticket.updatedAt) < 10_000
            ? [one.ticket.id]
            : [],
        ),
    ),
  )

  return {
    tickets,
    touched,
    here,
    /** Takes a cancelled ticket off before its minute is over. */
    dismiss: (ticket: Ticket) => {
      dismissed.value = new Set([...dismissed.value, `${ticket.id} ${ticket.version}`].slice(-100))
    },
  }
}

/** Keeps the lines that a screen paints; remembers what it made, so that an unchanged ticket stays the same object. */
function linesOf(duty: Duty) {
  if (duty.station === 'all' && duty.categories.length === 0) return (ticket: Ticket): Ticket | null => ticket
  const made = new WeakMap<Ticket, Ticket | null>()
  return (ticket: Ticket): Ticket | null => {
    const known = made.get(ticket)
    if (known !== undefined) return known
    const lines = ticket.lines.filter((line) => paints(duty, line))
    const cut =
      lines.length === 0 && ticket.lines.length > 0
        ? null
        : lines.length === ticket.lines.length
          ? ticket
          : Object.freeze({ ...ticket, lines })
    made.set(ticket, cut)
    return cut
  }
}
