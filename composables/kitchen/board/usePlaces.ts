import type { WatchSource } from 'vue'
import type { Packing, PackingInput } from '~/composables/kitchen/board/packing'
import { fixedTickets } from '#shared/kitchen/fixed'
import { promote, settle } from '#shared/kitchen/queue'
import {
  advance,
  arrivalPlaces,
  back,
  fits,
  forward,
  pageOf,
  startRotation,
  type Rotation,
} from '#shared/kitchen/rotation'
import { slipMaker, type Slip } from '#shared/kitchen/slips'

/** ms a page stays, and ms that each batch of tickets which nobody has seen yet is shown at least. */
const dwellMs = 9_000
const rollCallMs = 300

/**
 * Which ticket stands where: the due-soonest fixed, the rest turning by itself (pure: `shared/kitchen/queue.ts`,
 * `rotation.ts`).
 */
export function usePlaces({ tickets, touched, shape, settings, now, picked, painted }: PackingInput): Packing {
  const maker = computed(() => slipMaker(settings.value.language, shape.value))
  const slips = computed(() => new Map(tickets.value.map((ticket) => [ticket.id, maker.value(ticket)])))
  const order = shallowRef<string[]>([])
  const rotation = shallowRef<Rotation>(startRotation(now.value))
  /** What was there when the screen began: it is called up quietly, while what comes later rings. */
  const first = new Set(slips.value.keys())
  let calledAt = 0
  let promotedAt = now.value

  const fixed = computed(() => {
    const parts = order.value.map((id) => slips.value.get(id)?.length ?? 1)
    const all = fixedTickets(parts, shape.value.large)
    return parts.length - all.tickets <= shape.value.large - all.places + shape.value.compact
      ? all
      : fixedTickets(parts, shape.value.pinned)
  })
  const zone = computed(() => ({
    large: shape.value.large - fixed.value.places,
    compact: shape.value.compact,
    dwell: settings.value.rotate ? dwellMs : Number.POSITIVE_INFINITY,
  }))
  const rest = computed(() => order.value.slice(fixed.value.tickets))
  const input = () => ({ rest: rest.value, zone: zone.value, now: now.value })

  function update() {
    const sorted = [...slips.value.keys()]
    order.value = settle(order.value, fixed.value.tickets, sorted)
    const before = rotation.value.turnedAt
    const held = large.value.some((slip) => slip.key === picked.value)
    rotation.value = advance(rotation.value, { ...input(), ...call(), held })
    const turned = fits(rest.value, zone.value) ? now.value - promotedAt >= dwellMs : rotation.value.turnedAt !== before
    if (!turned || held) return
    promotedAt = now.value
    const promoted = promote(order.value, fixed.value.tickets, sorted)
    if (promoted.every((id, index) => id === order.value[index])) return
    order.value = promoted
    rotation.value = advance(rotation.value, { ...input(), arrived: [] })
  }

  /** What must come into view: tickets never painted, a few at a time, and those that were just changed. */
  function call() {
    if (fits(rest.value, zone.value)) return { arrived: [] }
    const visible = new Set(rotation.value.places)
    const away = rest.value.filter((id) => !visible.has(id))
    const changed = away.filter((id) => touched.value.includes(id))
    const time = Date.now()
    if (Math.abs(time - calledAt) < rollCallMs) return { arrived: changed }
    const unseen = away.filter((id) => !painted.value.has(id))
    const fresh = unseen.filter((id) => !first.has(id)).slice(0, arrivalPlaces(zone.value).length)
    const called = unseen.filter((id) => first.has(id)).slice(0, zone.value.compact)
    if (unseen.length > 0) calledAt = time
    return { arrived: [...changed, ...fresh], called }
  }

  const at = (id: string | null | undefined) => (id && slips.value.get(id)) || []
  const large = computed<Slip[]>(() => [
    ...order.value.slice(0, fixed.value.tickets).flatMap(at).slice(0, shape.value.large),
    ...rotation.value.places.slice(0, zone.value.large).flatMap((id) => at(id).slice(0, 1)),
  ])
  const compact = computed<Slip[]>(() =>
    rotation.value.places.slice(zone.value.large).flatMap((id) => at(id).slice(0, 1)),
  )
  watch([slips, now, shape, touched], update, { immediate: true, flush: 'sync' })
  useRollCall(() => order.value.some((id) => !painted.value.has(id)), [order, painted], update)

  const page = computed(() => pageOf(rotation.value, rest.value, zone.value))
  const turnBy = (step: typeof forward) => {
    rotation.value = step(rotation.value, { ...input(), zone: { ...zone.value, dwell: dwellMs * 2 } })
  }
  return {
    large,
    compact,
    visible: computed(() => [...large.value, ...compact.value]),
    page,
    turn: (step) => turnBy(step === 'forward' ? forward : back),
  }
}

/** A clock of its own, which runs only as long as there is a ticket that nobody has seen. */
function useRollCall(isNeeded: () => boolean, changes: WatchSource[], update: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  function call() {
    timer = undefined
    if (!isNeeded()) return
    update()
    plan()
  }
  function plan() {
    timer ??= isNeeded() ? setTimeout(call, rollCallMs + 10) : undefined
  }
  onMounted(() => watch(changes, plan, { immediate: true }))
  onScopeDispose(() => clearTimeout(timer))
}
