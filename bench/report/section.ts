import type { PhaseResult } from '../fanout-load.ts'
import { round, type Spread } from '../lib/figures.ts'

/** When, with which command and on which machine a section was measured. */
export interface Run {
  at: string
  command: string
  machine: { cpu: string; cores: number; memoryGb: number; system: string; /** Load average before. */ load: number }
  versions: Record<string, string>
}

/** What was promised, and what was seen. `met` is null where this machine cannot tell. */
export interface Target {
  what: string
  wanted: string
  seen: string
  met: boolean | null
}

/** How a result is told: its paragraphs in Markdown, and what was promised of it. */
export interface Section<Result> {
  title: string
  text(result: Result): string[]
  targets?(result: Result, run: Run): Target[]
}

/** How many times something else a figure is to be, at least or at most. */
export const ratioTarget = (what: string, value: number, sign: '≤' | '≥', limit: number): Target => ({
  what,
  wanted: `${sign} ${limit}×`,
  seen: `${value.toFixed(2)}×`,
  met: sign === '≤' ? value <= limit : value >= limit,
})

/** A table of Markdown; all columns but the first hold figures. */
export const table = (head: string[], rows: string[][]) =>
  [
    `| ${head.join(' | ')} |`,
    `| ${head.map((_, index) => (index === 0 ? '---' : '---:')).join(' | ')} |`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n')

export const thousands = (value: number) => value.toLocaleString('en')

/** p50 and p99. */
export const spreadText = ({ p50, p99 }: Spread) => `${round(p50)} / ${round(p99)}`

/** A figure, and in brackets how many times that of somebody else it is, where there is such a one. */
export const against = (value: number, base: number | undefined) =>
  base ? `${round(value)} (${(value / base).toFixed(2)}×)` : round(value)

/** Whether every event has arrived, once. */
export const gotAll = (phases: PhaseResult[]) => phases.every(({ delivered, expected }) => delivered === expected)

/** How many of the events have arrived. */
export function deliveredText(...phases: PhaseResult[]): string {
  const sum = (key: 'delivered' | 'expected') => phases.reduce((total, phase) => total + phase[key], 0)
  return gotAll(phases) ? 'all' : `${sum('delivered')} of ${sum('expected')}`
}
