/** What was promised, and what was seen. `met` is null where this machine cannot tell. */
export interface Target {
  what: string
  wanted: string
  seen: string
  met: boolean | null
}

/** A table of Markdown; all columns but the first hold figures. */
export const table = (head: string[], rows: string[][]) =>
  [
    `| ${head.join(' | ')} |`,
    `| ${head.map((_, index) => (index === 0 ? '---' : '---:')).join(' | ')} |`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n')
