/**
 * Which ticket hangs where. Tickets hang in columns, each as tall as what it says, in the order of the queue, the first
 * column first. Where they do not all fit, the last column turns its pages and the others stay, so that what is due
 * sooner is never hidden behind what is due later. Pure: heights and the time (ms) come in as arguments.
 */
export interface Hanging {
  id: string
  /** Heights of its parts, in any unit; more than one only where a ticket is taller than a column. */
  parts: readonly number[]
  /** Which part the first of these is, where those before it hang already. */
  from?: number
}
export interface RailShape {
  columns: number
  /** A column's height, and the air between two tickets of it, in the unit of the heights. */
  height: number
  gap: number
}
/** One piece of paper: a ticket's id, and which of its parts, from 0. */
export interface Piece {
  id: string
  part: number
}

export interface Rail {
  columns: readonly (readonly Piece[])[]
  /** Whether the last column turns, because not everything fits. */
  turning: boolean
  /** Of the turning tickets, those that this round has shown. */
  seen: readonly string[]
  /** When the last column turned, and before when it does not turn again. */
  turnedAt: number
  until: number
  /** When something last came, left or changed. */
  quietSince: number
  /** The page was shown for those that nobody has painted yet: it is no page of the round. */
  rolling: boolean
  /** What hung in the last column before, for the key that turns back. */
  history: readonly (readonly Piece[])[]
}

export interface RailInput {
  /** In the order of the queue. */
  tickets: readonly Hanging[]
  shape: RailShape
  now: number
  /** ms that a page stays; infinite where pages are turned by key only. */
  dwell: number
  /** New or changed tickets: they come into sight at once. */
  called?: readonly string[]
  /** Old tickets that no screen has painted yet, after a start: they are shown a page at a time. */
  unpainted?: readonly string[]
  /** Somebody is at work on a ticket: nothing turns, nothing is filled up. */
  held?: boolean
}

/** ms without any change before columns are filled again. */
export const quietMs = 5_000
/** ms that a new ticket keeps the last column from turning, and that new tickets may do so in a row. */
export const holdMs = 8_000
export const maxHoldMs = 20_000

/** ms that a page of tickets nobody has painted stays, unless the next one comes; then the round begins. */
const rollMs = 1_000

const fits = 1e-6

type HeightOf = (piece: Piece) => number | undefined
function heights(tickets: readonly Hanging[]): HeightOf {
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]))
  return ({ id, part }) => {
    const ticket = byId.get(id)
    return ticket?.parts[part - (ticket.from ?? 0)]
  }
}

const used = (column: readonly Piece[], of: HeightOf, gap: number) =>
  column.reduce((sum, piece, at) => sum + (of(piece) ?? 0) + (at > 0 ? gap : 0), 0)

/**
 * Hangs tickets below what hangs already, from the last column in use on. Stops at the first ticket that finds no room
 * for all of its parts, so that nothing overtakes; with `partly` the parts that fit stay, the others turn. Changes
 * `columns`; returns how many it hung.
 */
function hang(
  columns: Piece[][],
  tickets: readonly Hanging[],
  of: HeightOf,
  { height, gap }: RailShape,
  partly = false,
): number {
  // A piece taller than a column (a head on a tiny screen) hangs alone rather than nowhere.
  const takes = (column: Piece[], tall: number) =>
    column.length === 0 || used(column, of, gap) + gap + tall <= height + fits
  for (const [count, { id, parts, from = 0 }] of tickets.entries()) {
    const before = columns.map((column) => column.length)
    let at = Math.max(
      0,
      columns.findLastIndex((column) => column.length > 0),
    )
    for (const [part, tall] of parts.entries()) {
      while (at < columns.length && !takes(columns[at]!, tall)) at++
      columns[at]?.push({ id, part: from + part })
    }
    if (at < columns.length) continue
    if (!partly) for (const [index, length] of before.entries()) columns[index]!.length = length
    return count
  }
  return tickets.length
}

const empty = (columns: number): Piece[][] => Array.from({ length: columns }, () => [])

/** Everything afresh, in the queue's order: at a start, at a quiet moment, and where the columns have changed. */
function fill(input: RailInput, before?: Rail): Rail {
  const { tickets, shape, now, dwell } = input
  const columns = empty(shape.columns)
  const rail: Rail = {
    columns,
    turning: false,
    seen: [],
    turnedAt: now,
    until: now + dwell,
    quietSince: now,
    rolling: false,
    history: [],
  }
  const of = heights(tickets)
  if (hang(columns, tickets, of, shape) === tickets.length) return rail
  const fixed = empty(Math.max(0, shape.columns - 1))
  // What is taller than a column is not kept out of an empty one: its first parts stay, the others turn.
  hang(fixed, tickets, of, shape, true)
  const rest = split([...fixed, []], tickets)
  const staysTurning = before?.turning === true && before.columns.length === shape.columns
  const known = new Set(rest.map(({ id }) => id))
  // The last column goes on where it was: filling the others is no reason to begin its round again.
  const turns = heights(rest)
  const page = staysTurning ? before.columns.at(-1)!.filter((piece) => turns(piece) !== undefined) : []
  const next = { ...rail, turning: true, columns: [...fixed, page] }
  return staysTurning && page.length > 0
    ? {
        ...next,
        seen: before.seen.filter((id) => known.has(id)),
        turnedAt: before.turnedAt,
        until: before.until,
        rolling: before.rolling,
        history: before.history,
      }
    : { ...next, columns: [...fixed, pageOf(rest, shape, [])] }
}

/** As many tickets as fit into one column, those first that this round has not shown. */
function pageOf(rest: readonly Hanging[], shape: RailShape, seen: readonly string[]): Piece[] {
  const of = heights(rest)
  const shown = new Set(seen)
  const order =
    seen.length === 0 ? rest : [...rest.filter(({ id }) => !shown.has(id)), ...rest.filter(({ id }) => shown.has(id))]
  const [first] = order
  const column: Piece[] = []
  // The parts of a ticket taller than a column are shown one after the other.
  if (hang([column], order, of, shape) === 0 && first) column.push({ id: first.id, part: first.from ?? 0 })
  return column
}

/** The tickets that turn: those of which no part hangs in a fixed column, and the other parts of one that does. */
function split(columns: Rail['columns'], tickets: readonly Hanging[]): Hanging[] {
  const fixed = new Map<string, number>()
  for (const { id } of columns.slice(0, -1).flat()) fixed.set(id, (fixed.get(id) ?? 0) + 1)
  return tickets.flatMap((ticket) => {
    const from = fixed.get(ticket.id) ?? 0
    if (from === 0) return [ticket]
    return from < ticket.parts.length ? [{ ...ticket, parts: ticket.parts.slice(from), from }] : []
  })
}

export const startRail = (input: RailInput): Rail => fill(input)

/** The rail at a later time, with other tickets. */
export function advance(before: Rail, input: RailInput): Rail {
  const { tickets, shape, now, held = false } = input
  if (before.columns.length !== shape.columns) return fill(input)
  const of = heights(tickets)
  let changed = false
  // What left makes room: those below it move up.
  let columns = before.columns.map((column) => {
    const stays = column.filter((piece) => of(piece) !== undefined)
    if (stays.length !== column.length) changed = true
    return stays
  })
  // A ticket that has grown pushes out what hangs lowest in its column, and comes again with all of its parts.
  const out = new Set<string>()
  for (const column of columns)
    while (column.length > 1 && used(column, of, shape.gap) > shape.height + fits) out.add(column.pop()!.id)
  // Where nothing turns, one that has another part now comes again with all of them.
  const whole = before.turning ? [] : columns.flat()
  for (const { id } of whole)
    if (of({ id, part: whole.filter((piece) => piece.id === id).length }) !== undefined) out.add(id)
  if (out.size > 0) columns = columns.map((column) => column.filter(({ id }) => !out.has(id)))

  const hung = new Set(columns.flat().map(({ id }) => id))
  const waiting = tickets.filter(({ id }) => !hung.has(id))
  changed ||= out.size > 0 || (input.called?.length ?? 0) > 0
  const quietSince = changed ? now : before.quietSince
  let rail: Rail = { ...before, columns, quietSince }

  if (!rail.turning) {
    if (waiting.length > 0) rail = append(rail, waiting, input)
  } else rail = turnColumn(rail, input)
  return settle(rail, input, held)
}

/** New tickets hang at the foot of the rail. Where there is no room any more, the last column begins to turn. */
function append(rail: Rail, waiting: readonly Hanging[], input: RailInput): Rail {
  const { tickets, shape, now, dwell } = input
  const columns = rail.columns.map((column) => [...column])
  const count = hang(columns, waiting, heights(tickets), shape)
  const next = { ...rail, columns, quietSince: now }
  if (count === waiting.length) return next
  return turnColumn({ ...next, turning: true, seen: [], turnedAt: now, until: now + dwell, history: [] }, input)
}

/** The last column while it turns: what is called comes to its foot, and its page is turned when its time is over. */
function turnColumn(before: Rail, input: RailInput): Rail {
  const { tickets, shape, now, called = [], unpainted = [], held = false } = input
  const rest = split(before.columns, tickets)
  const ids = new Set(rest.map(({ id }) => id))
  let rail: Rail = { ...before, seen: before.seen.filter((id) => ids.has(id)) }
  const shown = () => new Set(rail.columns.at(-1)!.map(({ id }) => id))
  const wanted = rest.filter(({ id }) => called.includes(id) && !shown().has(id))
  if (wanted.length > 0) rail = admit(rail, wanted, tickets, shape)
  if (called.some((id) => ids.has(id)))
    rail = { ...rail, until: Math.max(rail.until, Math.min(now + holdMs, rail.turnedAt + maxHoldMs)) }
  if (wanted.length === 0 && unpainted.some((id) => ids.has(id) && !shown().has(id)) && !held) {
    // After a start each ticket is painted once, the due-soonest first; the page that turns is none that is read.
    const unseen = rest.filter(({ id }) => unpainted.includes(id))
    return { ...show(rail, pageOf(unseen, shape, []), { ...input, dwell: rollMs }), rolling: true }
  }
  // Where orders never stop coming, the moment in which the page turns has to do for a quiet one.
  return now >= rail.until && !held ? { ...turn(rail, input), quietSince: Number.NEGATIVE_INFINITY } : rail
}

/** Called tickets take the foot of the last column, from the lowest ones there; the others stay where they are. */
function admit(rail: Rail, wanted: readonly Hanging[], tickets: readonly Hanging[], shape: RailShape): Rail {
  const of = heights(tickets)
  const page = [...rail.columns.at(-1)!]
  const called: Piece[] = []
  for (const { id, from = 0 } of wanted) {
    const piece = { id, part: from }
    if (called.length > 0 && used([...called, piece], of, shape.gap) > shape.height + fits) break
    called.push(piece)
  }
  const dropped: string[] = []
  while (page.length > 0 && used([...page, ...called], of, shape.gap) > shape.height + fits)
    dropped.push(page.pop()!.id)
  return {
    ...rail,
    columns: [...rail.columns.slice(0, -1), [...page, ...called]],
    seen: rail.seen.filter((id) => !dropped.includes(id)),
  }
}

const show = (rail: Rail, page: Piece[], { now, dwell }: RailInput): Rail => ({
  ...rail,
  columns: [...rail.columns.slice(0, -1), page],
  turnedAt: now,
  until: now + dwell,
  rolling: false,
  history: [...rail.history, rail.columns.at(-1)!].slice(-12),
})

/** The next page: what this round has not shown, in the queue's order; after the last one the round begins again. */
function turn(rail: Rail, input: RailInput): Rail {
  const { tickets, shape } = input
  const rest = split(rail.columns, tickets)
  const page = rail.columns.at(-1)!
  const [first] = page
  const count = tickets.find(({ id }) => id === first?.id)?.parts.length ?? 0
  // A ticket taller than a column is turned part by part.
  if (first && page.length === 1 && first.part + 1 < count)
    return show(rail, [{ id: first.id, part: first.part + 1 }], input)
  const seen = new Set([...rail.seen, ...(rail.rolling ? [] : page.map(({ id }) => id))])
  const over = rest.every(({ id }) => seen.has(id))
  const now = over ? [] : [...seen]
  return { ...show(rail, pageOf(rest, shape, now), input), seen: now }
}

/** At a quiet moment the columns are filled again, in the queue's order. */
function settle(rail: Rail, input: RailInput, held: boolean): Rail {
  const { now } = input
  if (now - rail.quietSince < quietMs || held) return rail
  const next = fill(input, rail)
  const same = (a: readonly Piece[], b: readonly Piece[]) =>
    a.length === b.length && a.every(({ id, part }, at) => b[at]!.id === id && b[at]!.part === part)
  const fixed = rail.turning ? rail.columns.slice(0, -1) : rail.columns
  if (next.turning === rail.turning && fixed.every((column, at) => same(column, next.columns[at]!))) return rail
  return next
}

/** The key that turns the page. */
export const forward = (rail: Rail, input: RailInput): Rail => (rail.turning ? turn(rail, input) : rail)

/** The key that turns back: what hung there before, as far as it is still waiting. */
export function back(rail: Rail, input: RailInput): Rail {
  const page = rail.history.at(-1)
  if (!page || !rail.turning) return rail
  const turns = heights(split(rail.columns, input.tickets))
  const shown = page.filter((piece) => turns(piece) !== undefined)
  const next = show(rail, shown.length > 0 ? shown : [...rail.columns.at(-1)!], input)
  return {
    ...next,
    seen: rail.seen.filter((id) => !shown.some((one) => one.id === id)),
    history: rail.history.slice(0, -1),
  }
}

/** What does not hang, in the queue's order. */
export function waitingOf<T extends { id: string }>(rail: Rail, tickets: readonly T[]): T[] {
  const hung = new Set(rail.columns.flat().map(({ id }) => id))
  return tickets.filter(({ id }) => !hung.has(id))
}

/** Which page of how many hangs in the last column, for people. */
export function pagesOf(rail: Rail, { tickets, shape }: Pick<RailInput, 'tickets' | 'shape'>) {
  if (!rail.turning) return { page: 1, of: 1 }
  let of = 0
  let tall = 0
  const pageAt = new Map<string, number>()
  for (const { id, parts } of split(rail.columns, tickets)) {
    // A ticket of several parts has the column to itself.
    const next = parts.length === 1 ? parts[0]! : Number.POSITIVE_INFINITY
    const isBelow = of > 0 && tall + shape.gap + next <= shape.height + fits
    tall = isBelow ? tall + shape.gap + next : next
    pageAt.set(id, isBelow ? of : ++of)
  }
  return { page: pageAt.get(rail.columns.at(-1)![0]?.id ?? '') ?? 1, of: Math.max(1, of) }
}
