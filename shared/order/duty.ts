import type { OrderLine } from '../menu/line.ts'

/** The places in a kitchen that have a screen of their own; `all` makes everything. */
export const stations = ['all', 'pizza', 'sides'] as const
export type Station = (typeof stations)[number]
/** Which part of an order each station makes. */
export const parts = ['pizza', 'sides'] as const satisfies Station[]
export type Part = (typeof parts)[number]
/** Screens that share the orders of one station, by their numbers. */
export const shares = ['all', 'odd', 'even'] as const
export type Share = (typeof shares)[number]

/** What a screen is responsible for: which lines of which orders it must paint. */
export interface Duty {
  station: Station
  share: Share
  /** Category ids; empty: all. */
  categories: string[]
}
export const wholeDuty: Duty = { station: 'all', share: 'all', categories: [] }

type DutyLine = Pick<OrderLine, 'kind' | 'category'>

/** Whether a screen paints this line, in the orders that it paints at all. */
export const paints = ({ station, categories }: Duty, line: DutyLine) =>
  (station === 'all' || (station === 'pizza') === (line.kind === 'pizza')) &&
  (categories.length === 0 || categories.includes(line.category))

/** Whether stations have finished every part that an order has. */
export const isFinished = ({ lines }: { lines: readonly DutyLine[] }, done: readonly Part[]) =>
  lines.every((line) => done.includes(line.kind === 'pizza' ? 'pizza' : 'sides'))

/** Whether an order's number is of this share. */
export const inShare = (share: Share, number: number) => share === 'all' || (number % 2 === 1) === (share === 'odd')

/**
 * Whether no other screen is responsible for the other share, so that this screen must be (KIT-20). `others` are alive.
 */
export function standsIn(own: Duty, others: readonly Duty[]): boolean {
  if (own.share === 'all') return false
  return !others.some(
    (other) =>
      other.share !== own.share &&
      (other.station === 'all' || other.station === own.station) &&
      (other.categories.length === 0 ||
        (own.categories.length > 0 && own.categories.every((one) => other.categories.includes(one)))),
  )
}

/** A kind of line that a screen either paints or does not: all the detail that proof of display needs. */
const keyOf = ({ kind, category }: DutyLine) => `${kind}/${category}`

/**
 * What has been painted of an order after one more screen has painted it, and whether that is enough (DSP-4): every
 * line that some screen is responsible for, and at least one. `duties` are those of the screens that are responsible
 * now; the screen that painted is one of them.
 */
export function prove(
  { lines }: { lines: readonly DutyLine[] },
  before: readonly string[],
  by: Duty,
  duties: readonly Duty[],
): { painted: string[]; isShown: boolean } {
  const painted = new Set([...before, ...lines.filter((line) => paints(by, line)).map(keyOf)])
  const wanted = lines.filter((line) => paints(by, line) || duties.some((duty) => paints(duty, line))).map(keyOf)
  return {
    painted: [...painted].sort(),
    isShown: lines.some((line) => painted.has(keyOf(line))) && wanted.every((key) => painted.has(key)),
  }
}
