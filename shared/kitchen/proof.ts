/** What a screen knows of its own painting (DSP-1). Sets and maps are replaced, never written into. */
export interface Proof {
  /** The log position at which each ticket on the screen first came, by id. */
  came: ReadonlyMap<string, number>
  /** Tickets on the screen that a visible page has painted, by id. */
  painted: ReadonlySet<string>
}

export const noProof: Proof = { came: new Map(), painted: new Set() }

/** Those of a set that are in another; the very same set where nothing left. */
function keep<T>(some: ReadonlySet<T>, others: ReadonlySet<T>): ReadonlySet<T> {
  const kept = [...some].filter((one) => others.has(one))
  return kept.length === some.size ? some : new Set(kept)
}

/** The tickets of the screen are now these. What left is forgotten: a ticket that comes back must be painted again. */
export function arrive({ came, painted }: Proof, ids: readonly string[], position: number): Proof {
  const present = new Set(ids)
  const unchanged = came.size === present.size && ids.every((id) => came.has(id))
  if (unchanged) return { came, painted }
  return {
    came: new Map(ids.map((id) => [id, came.get(id) ?? position])),
    // Not `intersection`: it is younger than the oldest browsers (README).
    painted: keep(painted, present),
  }
}

/** A visible page has painted these; those that are no longer on the screen prove nothing. */
export function paint({ came, painted }: Proof, ids: readonly string[]): Proof {
  const fresh = ids.filter((id) => came.has(id) && !painted.has(id))
  return { came, painted: fresh.length === 0 ? painted : new Set([...painted, ...fresh]) }
}

/** The log position up to which everything was painted: just before the first ticket that was not. */
export function provenUpTo({ came, painted }: Proof, position: number): number {
  let upTo = position
  for (const [id, at] of came) if (!painted.has(id)) upTo = Math.min(upTo, at - 1)
  return upTo
}
