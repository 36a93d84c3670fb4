import type { Ref } from 'vue'
import type { Ticket } from '#shared/order/views'
import type { ScreenSettings } from '#shared/kitchen/screen-settings'
import type { Shape } from '#shared/kitchen/type-size'
import { fixedTickets } from '#shared/kitchen/fixed'
import { promote, settle, sortTickets } from '#shared/kitchen/queue'
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

export interface QueueOptions {
  tickets: Ref<readonly Ticket[]>
  /** Ids of tickets that changed or were cancelled: they are brought into view. */
  touched: Ref<readonly string[]>
  shape: Ref<Shape>
  settings: Ref<ScreenSettings>
  /** ms, the server's clock, ticking */
  now: Ref<number>
  /** Whether somebody is at work on a ticket of the rotation. */
  held: Ref<boolean>
  /** Ids of tickets that were painted on a visible page. */
  painted: ReadonlySet<string>
}

/**
 * Which ticket stands where: the due-soonest fixed, the rest turning by itself (pure: `shared/kitchen/queue.ts`,
 * `rotation.ts`).
 */
export function useKitchenQueue({ tickets, touched, shape, settings, now, held, painted }: QueueOptions) {
  const maker = computed(() => slipMaker(settings.value.language, shape.value))
  const slips = computed(() => new Map(sortTickets(tickets.value).map((ticket) => [ticket.id, maker.value(ticket)])))
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
    rotation.value = advance(rotation.value, { ...input(), ...call(), held: held.value })
    const turned = fits(rest.value, zone.value) ? now.value - promotedAt >= dwellMs : rotation.value.turnedAt !== before
    if (!turned || held.value) return
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
    const unseen = away.filter((id) => !painted.has(id))
    const fresh = unseen.filter((id) => !first.has(id)).slice(0, arrivalPlaces(zone.value).length)
    const called = unseen.filter((id) => first.has(id)).slice(0, zone.value.compact)
    if (unseen.length > 0) calledAt = time
    return { arrived: [...changed, ...fresh], called }
  }

  watch([slips, now, shape, touched], update, { immediate: true, flush: 'sync' })
  if (import.meta.client) {
    // A clock of its own only as long as there is a ticket that nobody has seen.
    useIntervalFn(() => order.value.some((id) => !painted.has(id)) && update(), rollCallMs + 10)
  }

  const at = (id: string | null | undefined) => (id && slips.value.get(id)) || []
  const large = computed<Slip[]>(() => [
    ...order.value.slice(0, fixed.value.tickets).flatMap(at).slice(0, shape.value.large),
    ...rotation.value.places.slice(0, zone.value.large).flatMap((id) => at(id).slice(0, 1)),
  ])
  const compact = computed<Slip[]>(() =>
    rotation.value.places.slice(zone.value.large).flatMap((id) => at(id).slice(0, 1)),
  )
  const page = computed(() => pageOf(rotation.value, rest.value, zone.value))
  const turnBy = (step: typeof forward) => {
    rotation.value = step(rotation.value, { ...input(), zone: { ...zone.value, dwell: dwellMs * 2 } })
  }
  return {
    large,
    compact,
    page,
    ids: () => slips.value.keys(),
    forward: () => turnBy(forward),
    back: () => turnBy(back),
  }
}
