/** A cell whose edges or separators would be lost otherwise stands in quotes. */
const quoted = (cell: string) => (/^\s|\s$|[",;\r\n\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** CSV as RFC 4180 has it, with the mark by which spreadsheets know UTF-8. */
export const csvOf = (rows: readonly (readonly string[])[], separator: ',' | ';' = ',') =>
  `\uFEFF${rows.map((row) => `${row.map(quoted).join(separator)}\r\n`).join('')}`
