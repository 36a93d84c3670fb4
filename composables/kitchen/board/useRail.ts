import type { WatchSource } from 'vue'
import type { Packing, PackingInput } from '~/composables/kitchen/board/packing'
import { slipMaker, type Slip } from '#shared/kitchen/parts'
import { advance, back, forward, pagesOf, startRail, waitingOf, type Rail, type RailInput } from '#shared/kitchen/rail'
import { railMetrics } from '#shared/kitchen/rail-shape'
import { rowWords } from '#shared/kitchen/row-words'
import type { Ticket } from '#shared/order/views'
import { unlessSame } from '~/composables/kitchen/board/unlessSame'
import { useLetters } from '~/composables/kitchen/board/useLetters'

/** ms a page stays, and ms that each page of tickets which nobody has seen yet is shown at least. */
const dwellMs = 9_000
const rollCallMs = 300

/** Which ticket hangs where (pure: `shared/kitchen/rail.ts`), as tall as its rows are (`rows.ts`, `parts.ts`). */
export function useRail({ tickets, touched, shape, settings, now, picked, painted }: PackingInput): Packing {
  const letter = useLetters()
  const maker = computed(() => {
    const { language } = settings.value
    return slipMaker(
      { width: shape.value.width, letter: letter.value, words: rowWords[language], language },
      shape.value.height,
    )
  })
  const slips = computed(() => new Map(tickets.value.map((ticket) => [ticket.id, maker.value(ticket)])))
  const hanging = computed(() =>
    tickets.value.map(({ id }) => ({ id, parts: slips.value.get(id)!.map(({ height }) => height) })),
  )
  const railShape = computed(() => ({
    columns: shape.value.columns,
    height: shape.value.height,
    gap: railMetrics.gap,
  }))
  /** What was there when the screen began: it is called up quietly, while what comes later holds the page. */
  const first = new Set(slips.value.keys())
  /** Versions of changed tickets that were brought into sight. */
  const brought = new Set<string>()
  let calledAt = 0

  const input = (more: Partial<RailInput> = {}): RailInput => ({
    tickets: hanging.value,
    shape: railShape.value,
    now: now.value,
    dwell: settings.value.rotate ? dwellMs : Number.POSITIVE_INFINITY,
    held: hung.value.some((slip) => slip.key === picked.value),
    ...more,
  })
  const rail = shallowRef<Rail>(
    startRail({ tickets: hanging.value, shape: railShape.value, now: now.value, dwell: dwellMs }),
  )
  const slipOf = ({ id, part }: { id: string; part: number }) => slips.value.get(id)?.[part]
  // A rail that moved on without moving a ticket renders nothing: most ticks, and each look for what nobody has seen.
  const columns = computed<readonly (readonly Slip[])[]>((before) =>
    unlessSame(
      before,
      rail.value.columns.map((column, index) =>
        unlessSame(
          before?.[index],
          column.map(slipOf).filter((slip) => slip !== undefined),
        ),
      ),
    ),
  )
  const hung = computed(() => columns.value.flat())

  function update() {
    rail.value = advance(rail.value, input(call()))
  }

  /** What must come into sight: changed tickets at once, and those never painted, as often as they can be painted. */
  function call() {
    const byId = new Map(tickets.value.map((ticket) => [ticket.id, ticket]))
    const changed = touched.value.filter((id) => {
      const key = `${id} ${byId.get(id)?.version}`
      if (!byId.has(id) || brought.has(key)) return false
      brought.add(key)
      return true
    })
    if (brought.size > 200) brought.clear()
    const time = Date.now()
    if (Math.abs(time - calledAt) < rollCallMs) return { called: changed }
    const keys = new Set(hung.value.map(({ key }) => key))
    const away = tickets.value.filter(({ id }) => isAway(id, keys))
    if (away.length > 0) calledAt = time
    const ids = away.map(({ id }) => id)
    return {
      called: [...changed, ...ids.filter((id) => !first.has(id))],
      unpainted: ids.filter((id) => first.has(id)),
    }
  }

  /** Nobody has painted the part that comes next, and the last column is not on its way to it. */
  function isAway(id: string, keys: ReadonlySet<string>) {
    if (painted.value.whole.has(id) || rail.value.columns.at(-1)!.some((piece) => piece.id === id)) return false
    const next = slips.value.get(id)!.find(({ key }) => !keys.has(key))
    return next !== undefined && !painted.value.parts.has(`${id} ${next.part}/${next.of}`)
  }

  // Another shape or language: everything is hung afresh.
  watch([railShape, maker], () => (rail.value = startRail(input())), { flush: 'sync' })
  watch([hanging, now, touched], update, { immediate: true, flush: 'sync' })
  useRollCall(() => tickets.value.some(({ id }) => !painted.value.whole.has(id)), [tickets, painted], update)

  return {
    columns,
    hung,
    waiting: computed<readonly Ticket[]>((before) => unlessSame(before, waitingOf(rail.value, tickets.value))),
    page: computed<{ page: number; of: number }>((before) => {
      const next = pagesOf(rail.value, { tickets: hanging.value, shape: railShape.value })
      return before?.page === next.page && before.of === next.of ? before : next
    }),
    turn: (step) => {
      rail.value = (step === 'forward' ? forward : back)(
        rail.value,
        input({ dwell: settings.value.rotate ? dwellMs * 2 : Number.POSITIVE_INFINITY }),
      )
    },
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
