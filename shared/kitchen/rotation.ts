/**
 * What the rotating places show. The due-soonest tickets are pinned and no concern of this module; the rest take turns
 * here, without anybody touching anything. Pure: time comes in as an argument (ms).
 */
export interface Rotation {
  /** The ticket in each place; large places first, then compact ones. */
  places: (string | null)[]
  /** Since when each place shows what it shows. */
  since: number[]
  /** When the page was turned. */
  turnedAt: number
  /** No turn before this. */
  until: number
  /** Shown for long enough in this rotation. */
  seen: string[]
  /** When the ticket in a place arrived, where it took the place because it is new; else 0. */
  arrived: number[]
  /** Pages before this one, for the page-back key. */
  history: string[][]
}

export interface Zone {
  large: number
  compact: number
  /** ms a page stays, 8 to 10 s */ dwell: number
}

/** How long a new ticket holds the page still, and the longest that arrivals may hold it in a row, ms. */
export const holdMs = 8_000
export const mostHoldMs = 20_000

export const startRotation = (now: number): Rotation => ({
  places: [],
  since: [],
  turnedAt: now,
  until: now,
  seen: [],
  arrived: [],
  history: [],
})

/**
 * The places that a new ticket may take at once: the last large one, then small ones from the end; half of all, so that
 * the other half goes on turning whatever arrives, and every ticket comes round.
 */
export function arrivalPlaces({ large, compact }: Zone): number[] {
  const all = [
    ...(large > 0 ? [large - 1] : []),
    ...Array.from({ length: compact }, (_, index) => large + compact - 1 - index),
  ]
  return all.slice(0, Math.max(1, Math.floor((large + compact) / 2)))
}

export interface Input {
  /** The waiting tickets, in the queue's order. */
  rest: readonly string[]
  /** New ones among them. */
  arrived: readonly string[]
  /**
   * Old ones that nobody has seen since this screen began: they get a small place, and the page does not wait for them.
   */
  called?: readonly string[]
  zone: Zone
  /** ms */
  now: number
  /** Somebody is at work on a ticket here: do not turn. */
  held?: boolean
}

/** Whether all waiting tickets fit, so that nothing needs to turn. */
export const fits = (rest: readonly string[], { large, compact }: Zone) => rest.length <= large + compact

/** The rotation at a later time, with other tickets. At most the places that must change do. */
export function advance(before: Rotation, { rest, arrived, called = [], zone, now, held = false }: Input): Rotation {
  const size = zone.large + zone.compact
  if (fits(rest, zone)) {
    const places = Array.from({ length: size }, (_, index) => rest[index] ?? null)
    return {
      ...startRotation(now),
      places,
      since: places.map((id, index) => (id === before.places[index] ? (before.since[index] ?? now) : now)),
      until: now + zone.dwell,
      arrived: places.map(() => 0),
    }
  }
  const kept = admit(fill(resize(before, size, now), rest, now), { rest, arrived, called, zone, now })
  return now >= kept.until && !held ? turn(kept, rest, zone, now) : kept
}

function resize(rotation: Rotation, size: number, now: number): Rotation {
  const cut = <T>(list: T[], empty: T) => Array.from({ length: size }, (_, index) => list[index] ?? empty)
  return {
    ...rotation,
    places: cut(rotation.places, null),
    since: cut(rotation.since, now),
    arrived: cut(rotation.arrived, 0),
  }
}

/** Tickets that left make room for the next ones that were not seen yet; the others do not move. */
function fill(rotation: Rotation, rest: readonly string[], now: number): Rotation {
  const present = new Set(rest)
  const places = rotation.places.map((id) => (id !== null && present.has(id) ? id : null))
  const shown = new Set(places)
  const seen = rotation.seen.filter((id) => present.has(id))
  const seenSet = new Set(seen)
  const waiting = [
    ...rest.filter((id) => !shown.has(id) && !seenSet.has(id)),
    ...rest.filter((id) => !shown.has(id) && seenSet.has(id)),
  ]
  const since = [...rotation.since]
  const arrived = [...rotation.arrived]
  for (const [index, id] of places.entries()) {
    if (id !== null) continue
    places[index] = waiting.shift() ?? null
    since[index] = now
    arrived[index] = 0
  }
  return { ...rotation, places, since, arrived, seen }
}

/** New tickets are painted at once, in the places kept for that, and the page holds still for them. */
function admit(rotation: Rotation, { rest, arrived, called, zone, now }: Required<Omit<Input, 'held'>>): Rotation {
  const present = new Set(rest)
  const held = arrived.some((id) => present.has(id))
    ? Math.min(now + holdMs, rotation.turnedAt + mostHoldMs)
    : rotation.until
  const next = {
    ...rotation,
    places: [...rotation.places],
    since: [...rotation.since],
    arrived: [...rotation.arrived],
    until: Math.max(rotation.until, held),
  }
  const candidates = arrivalPlaces(zone)
  // Beside newcomers, a roll call has the other small places only.
  const small = Array.from({ length: zone.compact }, (_, index) => zone.large + index).filter(
    (place) => arrived.length === 0 || !candidates.includes(place),
  )
  const put = (id: string, among: number[]) => {
    if (among.length === 0 || !present.has(id) || next.places.includes(id)) return
    // The place whose newcomer is the oldest; a place without one first.
    const place = among.reduce((best, index) => (next.arrived[index]! < next.arrived[best]! ? index : best))
    // What had not been seen long enough comes round again.
    next.seen = next.seen.filter((other) => other !== next.places[place])
    next.places[place] = id
    next.since[place] = now
    // Strictly growing, so that a burst within one millisecond still takes turns.
    next.arrived[place] = Math.max(now, ...next.arrived.map((at) => at + 1))
  }
  for (const id of arrived) put(id, candidates)
  for (const id of called) put(id, small)
  return next
}

/**
 * The next page: what was not seen in this rotation, in the queue's order. A newcomer that is still new keeps its
 * place.
 */
function turn(rotation: Rotation, rest: readonly string[], zone: Zone, now: number): Rotation {
  const enough = rotation.places.filter(
    (id, index): id is string => id !== null && now - rotation.since[index]! >= zone.dwell / 2,
  )
  const before = new Set([...rotation.seen, ...enough])
  const stays = rotation.places.map(
    (id, index) => id !== null && rotation.arrived[index]! > 0 && now - rotation.arrived[index]! < holdMs,
  )
  const staying = new Set(rotation.places.filter((_, index) => stays[index]))
  const open = rotation.places.length - staying.size
  const unseen = rest.filter((id) => !before.has(id) && !staying.has(id))
  const over = unseen.length === 0
  // The last page of a rotation is filled up from its beginning, so that no place stands empty.
  const queue = (
    over
      ? rest.filter((id) => !staying.has(id))
      : [...unseen, ...rest.filter((id) => before.has(id) && !staying.has(id))]
  ).slice(0, open)
  const places = rotation.places.map((id, index) => (stays[index] ? id : (queue.shift() ?? null)))
  return {
    places,
    since: places.map((id, index) => (stays[index] ? rotation.since[index]! : now)),
    arrived: rotation.arrived.map((at, index) => (stays[index] ? at : 0)),
    turnedAt: now,
    until: now + zone.dwell,
    seen: over ? [] : [...before].filter((id) => rest.includes(id)),
    history: [...rotation.history, rotation.places.filter((id) => id !== null)].slice(-12),
  }
}

/** The page-forward key. */
export const forward = (rotation: Rotation, input: Omit<Input, 'arrived'>) =>
  fits(input.rest, input.zone)
    ? rotation
    : turn(
        {
          ...rotation,
          since: rotation.since.map(() => Number.NEGATIVE_INFINITY),
          arrived: rotation.arrived.map(() => 0),
        },
        input.rest,
        input.zone,
        input.now,
      )

/** The page-back key: what was shown before, as far as it is still there. */
export function back(rotation: Rotation, { rest, zone, now }: Omit<Input, 'arrived'>): Rotation {
  const page = rotation.history.at(-1)
  if (!page || fits(rest, zone)) return rotation
  const shown = page.filter((id) => rest.includes(id))
  const places = rotation.places.map((_, index) => shown[index] ?? null)
  const seen = rotation.seen.filter((id) => !shown.includes(id))
  return fill(
    {
      ...rotation,
      places,
      since: places.map(() => now),
      arrived: places.map(() => 0),
      turnedAt: now,
      until: now + zone.dwell,
      seen,
      history: rotation.history.slice(0, -1),
    },
    rest,
    now,
  )
}

/** Which page of how many, for people. */
export function pageOf(rotation: Rotation, rest: readonly string[], { large, compact }: Zone) {
  const size = Math.max(1, large + compact)
  const of = Math.max(1, Math.ceil(rest.length / size))
  return { page: Math.min(of, Math.floor(rotation.seen.length / size) + 1), of }
}
