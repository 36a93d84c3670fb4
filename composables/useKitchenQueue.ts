import type { Ref } from 'vue'
import type { Ticket } from '#shared/order/views'
import type { ScreenSettings } from '#shared/kitchen/screen-settings'
import type { Shape } from '#shared/kitchen/type-size'
import { promote, settle, sortTickets } from '#shared/kitchen/queue'
import { advance, arrivalPlaces, back, fits, forward, pageOf, startRotation, type Rotation } from '#shared/kitchen/rotation'
import { slipMaker, type Slip } from '#shared/kitchen/slips'

/** ms a page stays, and ms that each batch of tickets which nobody has seen yet is shown at least. */
const dwellMs = 9_000
const rollCallMs = 500

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
  /** Keys of slips that were painted on a visible page. */
  painted: ReadonlySet<string>
}

/** Which slip stands where: the due-soonest pinned, the rest turning by itself (pure: `shared/kitchen/queue.ts`, `rotation.ts`). */
export function useKitchenQueue({ tickets, touched, shape, settings, now, held, painted }: QueueOptions) {
  const maker = computed(() => slipMaker(settings.value.language, shape.value.characters, shape.value.textRows))
  const slips = computed(() => new Map(sortTickets(tickets.value).flatMap(maker.value).map(slip => [slip.key, slip])))
  const order = shallowRef<string[]>([])
  const rotation = shallowRef<Rotation>(startRotation(now.value))
  let calledAt = 0
  let promotedAt = now.value

  const zone = computed(() => ({ large: shape.value.large - shape.value.pinned, compact: shape.value.compact, dwell: settings.value.rotate ? dwellMs : Number.POSITIVE_INFINITY }))
  const rest = computed(() => order.value.slice(shape.value.pinned))

  function update() {
    const sorted = [...slips.value.keys()]
    const overflow = sorted.length > shape.value.large + shape.value.compact
    const fixed = overflow ? shape.value.pinned : shape.value.large
    order.value = settle(order.value, fixed, sorted)
    const before = rotation.value.turnedAt
    rotation.value = advance(rotation.value, { rest: rest.value, arrived: unpainted(), zone: zone.value, now: now.value, held: held.value })
    const turned = overflow ? rotation.value.turnedAt !== before : now.value - promotedAt >= dwellMs
    if (!turned || held.value) return
    promotedAt = now.value
    const promoted = promote(order.value, fixed, sorted)
    if (promoted.every((id, index) => id === order.value[index])) return
    order.value = promoted
    rotation.value = advance(rotation.value, { rest: rest.value, arrived: [], zone: zone.value, now: now.value })
  }

  /** What must come into view: tickets never painted, a few at a time, and those that were just changed. */
  function unpainted(): string[] {
    if (fits(rest.value, zone.value)) return []
    const visible = new Set(rotation.value.places)
    const changed = touched.value.filter(id => !visible.has(id))
    if (now.value - calledAt < rollCallMs) return changed
    const fresh = rest.value.filter(key => !painted.has(key) && !visible.has(key)).slice(0, arrivalPlaces(zone.value).length)
    if (fresh.length > 0) calledAt = now.value
    return [...changed, ...fresh]
  }

  watch([slips, now, zone, touched], update, { immediate: true, flush: 'sync' })

  const at = (key: string | null | undefined) => key ? slips.value.get(key) ?? null : null
  const large = computed(() => [...order.value.slice(0, shape.value.pinned), ...rotation.value.places.slice(0, zone.value.large)].map(at).filter((slip): slip is Slip => slip !== null))
  const compact = computed(() => rotation.value.places.slice(zone.value.large).map(at).filter((slip): slip is Slip => slip !== null))
  const page = computed(() => pageOf(rotation.value, rest.value, zone.value))
  const turnBy = (step: typeof forward) => {
    rotation.value = step(rotation.value, { rest: rest.value, zone: { ...zone.value, dwell: dwellMs * 2 }, now: now.value })
  }
  return { large, compact, page, keys: () => slips.value.keys(), hidden: computed(() => slips.value.size - large.value.length - compact.value.length), forward: () => turnBy(forward), back: () => turnBy(back) }
}
