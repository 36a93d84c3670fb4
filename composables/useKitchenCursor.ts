import type { Ref } from 'vue'
import type { Slip } from '#shared/kitchen/slips'
import { compareTickets } from '#shared/kitchen/queue'
import { isCancelled } from '#shared/kitchen/ticket'

interface Options {
  large: Ref<readonly Slip[]>
  busy: (id: string) => boolean
  held: Ref<boolean>
}

/** How long a chosen ticket stays chosen when nothing follows, ms. */
const idleMs = 25_000

/**
 * The ticket that "done" is about: the due-soonest, until somebody steps on. Stepping goes by the promise, not by
 * place. A chosen ticket holds its page, so that it cannot turn away between two steps of a foot.
 */
export function useKitchenCursor({ large, busy, held }: Options) {
  const picked = shallowRef<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  const choices = computed(() =>
    large.value
      .filter((slip) => slip.part === 1 && !busy(slip.ticket.id))
      .sort(
        (a, b) => Number(isCancelled(a.ticket)) - Number(isCancelled(b.ticket)) || compareTickets(a.ticket, b.ticket),
      ),
  )
  const slip = computed(() => choices.value.find((one) => one.key === picked.value) ?? choices.value[0])
  const chosen = computed(() => picked.value !== null && slip.value?.key === picked.value)
  watch(
    chosen,
    (is) => {
      held.value = is
    },
    { flush: 'sync' },
  )

  function next() {
    const at = choices.value.findIndex((one) => one.key === slip.value?.key)
    picked.value = choices.value[(at + 1) % Math.max(1, choices.value.length)]?.key ?? null
    clearTimeout(timer)
    timer = setTimeout(() => {
      picked.value = null
    }, idleMs)
  }
  onScopeDispose(() => clearTimeout(timer))
  return { key: computed(() => slip.value?.key ?? null), ticket: computed(() => slip.value?.ticket), chosen, next }
}
