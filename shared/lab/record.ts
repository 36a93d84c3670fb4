/** What the log holds, as the judge has read it. */
export interface TruthEvent {
  position: number
  /** The order's number and state at that position. */
  label: string
  state: string
  /** When the judge saw it, ms. */
  seenAt: number
}

/** What became of an event in a lane. `late`: it may still come. */
export type Mark = 'came' | 'healed' | 'doubled' | 'missing' | 'late'
export interface Cell {
  event: TruthEvent
  mark: Mark
}

export interface LaneTally {
  cells: Cell[]
  /** The newest position that the lane shows, and the log's own. */
  position: number
  head: number
  /** Of all since the lane began. */
  missing: number
  healed: number
  doubled: number
  disordered: number
  asked: number
  /** ms since the last frame; null: none came yet. */
  silence: number | null
}

/** What is not there after this is missing (ms): the judge is quick, and lines may be slow. */
export const graceMs = 3_500
/** How many cells a lane shows. */
export const shownCells = 20

/** What one lane has got, kept by the laboratory beside it: a naive client knows nothing of all this. */
export function createRecord() {
  const got = new Map<number, { times: number; isHealed: boolean }>()
  let position = 0
  let since = Infinity
  let owedUpTo = 0
  let doubled = 0
  let disordered = 0
  let asked = 0
  let frameAt: number | null = null
  /** A snapshot covers all up to it; what of that came late is healed. */
  const covered: { from: number; to: number; isHealed: boolean }[] = []

  return {
    /** The lane shows what happened up to here, and is judged by all that follows. */
    begin(at: number) {
      since = Math.min(since, at)
      position = Math.max(position, at)
    },
    hasBegun: () => since !== Infinity,
    frame: (now: number) => void (frameAt = now),
    ask: () => void (asked += 1),
    /** What follows up to `head` had happened while the lane did not hear. */
    owe: (head: number) => void (owedUpTo = Math.max(owedUpTo, head)),
    /** An event is shown. */
    take(at: number) {
      const known = got.get(at)
      if (known) {
        known.times += 1
        doubled += 1
      } else {
        if (at < position) disordered += 1
        got.set(at, { times: 1, isHealed: at <= owedUpTo })
      }
      position = Math.max(position, at)
    },
    /** Something happened that this audience does not see. */
    pass: (at: number) => void (position = Math.max(position, at)),
    /** One that was there already came again, and was dropped. */
    drop: () => void (doubled += 1),
    /** An early one is kept aside until those before it are there. */
    keepAside: () => void (disordered += 1),
    /** A snapshot replaces all that is shown. */
    cover(to: number, isHealed: boolean) {
      if (to > position) covered.push({ from: position, to, isHealed })
      position = Math.max(position, to)
    },
    position: () => position,
    tally(truth: readonly TruthEvent[], head: number, now: number): LaneTally {
      const mine = truth.filter((event) => event.position > since)
      const cells = mine.map((event): Cell => ({ event, mark: markOf(event, now) }))
      const count = (mark: Mark) => cells.filter((cell) => cell.mark === mark).length
      return {
        cells: cells.slice(-shownCells),
        position,
        head,
        missing: count('missing'),
        healed: count('healed'),
        doubled,
        disordered,
        asked,
        silence: frameAt === null ? null : Math.max(0, now - frameAt),
      }
    },
  }

  function markOf({ position: at, seenAt }: TruthEvent, now: number): Mark {
    const own = got.get(at)
    if (own) return own.isHealed ? 'healed' : own.times > 1 ? 'doubled' : 'came'
    const range = covered.find(({ from, to }) => at > from && at <= to)
    if (range) return range.isHealed ? 'healed' : 'came'
    return now - seenAt > graceMs ? 'missing' : 'late'
  }
}
export type LaneRecord = ReturnType<typeof createRecord>
