import type { RailRow } from '../rail/rail.ts'
import { table, type Section, type Target } from './section.ts'

export const rail: Section<RailRow[]> = { title: 'The rail', text, targets }

function text(rows: RailRow[]): string[] {
  return [
    `The same rehearsed Friday (seed "friday", ${rows[0]?.tickets ?? 0} orders) on the grid of build 321a3f3 and on ` +
      `the rail, at the same type size, computed with the font's measured widths: whole tickets that are read at ` +
      `once, the mean over all starts of consecutive tickets, and tickets that are torn.`,
    table(
      ['screen', 'language', 'whole at once, grid', 'rail', 'torn, grid', 'rail'],
      rows.map(({ diagonal, distance, language, grid, rail }) => [
        `${diagonal} in at ${distance} m`,
        language,
        grid.whole.toFixed(1),
        rail.whole.toFixed(1),
        String(grid.torn),
        String(rail.torn),
      ]),
    ),
  ]
}

function targets(rows: RailRow[]): Target[] {
  return [
    { diagonal: 32, whole: 5.3, torn: 2 },
    { diagonal: 43, whole: 11.4, torn: 0 },
  ].flatMap(({ diagonal, whole, torn }) => {
    const mine = rows.filter((row) => row.diagonal === diagonal)
    if (mine.length === 0) return []
    const least = Math.min(...mine.map((row) => row.rail.whole))
    const most = Math.max(...mine.map((row) => row.rail.torn))
    return [
      {
        what: `whole tickets at once, ${diagonal} inches, in every language`,
        wanted: `≥ ${whole}`,
        seen: least.toFixed(1),
        met: least >= whole,
      },
      {
        what: `torn tickets of ${mine[0]!.tickets}, ${diagonal} inches`,
        wanted: `≤ ${torn}`,
        seen: String(most),
        met: most <= torn,
      },
    ]
  })
}
