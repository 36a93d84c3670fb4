/** The list before, where the next one has the very same members: what is computed from it then computes nothing. */
export const unlessSame = <T>(before: readonly T[] | undefined, next: readonly T[]): readonly T[] =>
  before?.length === next.length && before.every((one, index) => one === next[index]) ? before : next
