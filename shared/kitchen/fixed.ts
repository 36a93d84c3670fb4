/**
 * How many of the first tickets stand in fixed places: as many as fit there whole, so that no ticket is torn between a
 * fixed place and a turning one. At least one does, even when it is longer than all places together.
 */
export function fixedTickets(parts: readonly number[], places: number): { tickets: number; places: number } {
  let used = 0
  let tickets = 0
  for (const count of parts) {
    if (used + count > places && tickets > 0) break
    used += count
    tickets++
    if (used >= places) break
  }
  return { tickets, places: Math.min(used, places) }
}
