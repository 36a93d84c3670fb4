import { compareTickets } from '#shared/kitchen/queue'
import { isCancelled } from '#shared/kitchen/ticket'
import type { KitchenBoard } from '~/composables/kitchen/board/useKitchenBoard'

interface Options {
  board: Pick<KitchenBoard, 'hung' | 'picked' | 'pick'>
  /** Whether a step of this order is under way already. */
  isBusy: (order: string) => boolean
}

/**
 * The ticket that "done" is about: the due-soonest, until somebody steps on. Stepping goes by the promise, not by
 * place. The board keeps the page of a chosen ticket, so that it cannot turn away between two steps of a foot.
 */
export function useCursor({ board, isBusy }: Options) {
  const choices = computed(() =>
    board.hung.value
      .filter((slip) => slip.part === 1 && !isBusy(slip.ticket.id))
      .sort(
        (a, b) => Number(isCancelled(a.ticket)) - Number(isCancelled(b.ticket)) || compareTickets(a.ticket, b.ticket),
      ),
  )
  const chosen = computed(() => choices.value.find((slip) => slip.key === board.picked.value))
  const slip = computed(() => chosen.value ?? choices.value[0])

  function next() {
    const at = choices.value.findIndex((one) => one.key === slip.value?.key)
    board.pick(choices.value[(at + 1) % Math.max(1, choices.value.length)]?.key ?? null)
  }
  return {
    key: computed(() => slip.value?.key ?? null),
    ticket: computed(() => slip.value?.ticket),
    /** The ticket that somebody has chosen; nothing while the cursor stands where it does by itself. */
    chosen: computed(() => chosen.value?.ticket),
    next,
  }
}
