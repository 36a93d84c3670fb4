export interface Versioned {
  /** Counts up with each change. */
  version: number
}

/** Whether `next` is newer: an event that comes late or again is not, whoever delivers it. */
export const isNewer = (known: Versioned | null | undefined, next: Versioned) => !known || next.version > known.version

/** Records by id in which the newer version wins. Returns the same records when `next` is not newer. */
export const byVersion = <T extends Versioned & { id: string }>(
  known: Record<string, T>,
  next: T,
): Record<string, T> => (isNewer(known[next.id], next) ? { ...known, [next.id]: next } : known)

export const byId = <T extends { id: string }>(all: readonly T[]): Record<string, T> =>
  Object.fromEntries(all.map((one) => [one.id, one]))
