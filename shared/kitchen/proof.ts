/** What a screen knows of its own painting (DSP-1). Sets and maps are replaced, never written into. */
export interface Proof {
  /** The log position at which each ticket on the screen first came, by id. */
  came: ReadonlyMap<string, number>
  /** Tickets on the screen that a visible page has painted with all of their parts, by id. */
  painted: ReadonlySet<string>
  /** Of torn tickets that are not painted yet, the parts that were, as `2/3`. */
  parts: ReadonlyMap<string, ReadonlySet<string>>
}
/** One piece of paper that was on the screen: a ticket, or one of the parts (from 1) of a torn one. */
export interface PaintedPart {
  id: string
  part: number
  of: number
}

export const noProof: Proof = { came: new Map(), painted: new Set(), parts: new Map() }

/** Those of a set that are in another; the very same set where nothing left. */
function keep<T>(some: ReadonlySet<T>, others: ReadonlySet<T>): ReadonlySet<T> {
  const kept = [...some].filter((one) => others.has(one))
  return kept.length === some.size ? some : new Set(kept)
}

/** The tickets of the screen are now these. What left is forgotten: a ticket that comes back must be painted again. */
export function arrive(before: Proof, ids: readonly string[], position: number): Proof {
  const { came, painted, parts } = before
  const present = new Set(ids)
  const unchanged = came.size === present.size && ids.every((id) => came.has(id))
  if (unchanged) return before
  const left = [...parts.keys()].filter((id) => !present.has(id))
  return {
    came: new Map(ids.map((id) => [id, came.get(id) ?? position])),
    // Not `intersection`: it is younger than the oldest browsers (README).
    painted: keep(painted, present),
    parts: left.length === 0 ? parts : new Map([...parts].filter(([id]) => present.has(id))),
  }
}

/**
 * A visible page has painted these; those that are no longer on the screen prove nothing. A torn ticket is painted when
 * all parts of one tearing were: where it is torn otherwise, by another type size, its parts begin again.
 */
export function paint(before: Proof, pieces: readonly PaintedPart[]): Proof {
  const fresh = pieces.filter(({ id }) => before.came.has(id) && !before.painted.has(id))
  if (fresh.length === 0) return before
  const parts = new Map(before.parts)
  const painted = new Set(before.painted)
  for (const { id, part, of } of fresh) {
    const seen = new Set([...(parts.get(id) ?? []), `${part}/${of}`])
    const count = [...seen].filter((one) => one.endsWith(`/${of}`)).length
    if (count === of) painted.add(id)
    parts.set(id, seen)
  }
  for (const id of painted) parts.delete(id)
  return { came: before.came, painted: painted.size === before.painted.size ? before.painted : painted, parts }
}

/** The log position up to which everything was painted: just before the first ticket that was not. */
export function provenUpTo({ came, painted }: Proof, position: number): number {
  let upTo = position
  for (const [id, at] of came) if (!painted.has(id)) upTo = Math.min(upTo, at - 1)
  return upTo
}
