import { CsvError, parse } from 'csv-parse/sync'
import { importFaults, type ImportError, type ImportFault } from '../../../shared/menu/import.ts'
import { columnOf, columns, rowTypes, shortColumns, type RowType } from './columns.ts'

/** One line of a file. */
export interface Row {
  /** Counted from 1, of its first letter. */
  line: number
  type: RowType
  /** What stands in a column; null where the file has no such column. */
  cell(column: string): string | null
}

export const fault = (line: number | null, field: string, code: ImportFault, value = ''): ImportError => ({
  ...{ line, field, value, code, message: importFaults[code] },
})

/** The lines of a CSV file with their cells, and what is wrong with it as a table; no line where its head is wrong. */
export function readRows(text: string): { rows: Row[]; errors: ImportError[] } {
  const written = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  let records: { record: string[]; info: { lines: number } }[]
  let readUpTo = 0
  try {
    records = parse(written, {
      delimiter: delimiterOf(written),
      info: true,
      on_record(record, { lines }) {
        readUpTo = lines
        return record
      },
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
    }) as unknown as typeof records
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { rows: [], errors: [fault(readUpTo + 1, '', 'unreadable')] }
  }
  const lines = records.map(({ record, info }) => ({ cells: record, line: info.lines - breaksIn(record) }))
  const filled = lines.filter(({ cells }) => cells.some((cell) => cell !== ''))
  const [head, ...body] = filled
  if (!head) return { rows: [], errors: [fault(1, '', 'missing')] }
  const names = head.cells.map(columnOf)
  const errors = names.flatMap((name, index) => {
    if (name === '') return body.some(({ cells }) => cells[index]) ? [fault(head.line, '', 'column_unknown')] : []
    if (!known.has(name)) return [fault(head.line, name, 'column_unknown', head.cells[index])]
    return names.indexOf(name) === index ? [] : [fault(head.line, name, 'twice')]
  })
  if (errors.length > 0) return { rows: [], errors }
  const rows = body.flatMap(({ cells, line }): Row[] => {
    const extra = cells.slice(names.length).find((cell) => cell !== '')
    if (extra !== undefined) errors.push(fault(line, '', 'cells', extra))
    const cell = (column: string) => (names.includes(column) ? (cells[names.indexOf(column)] ?? '') : null)
    const type = (cell('type') || 'item').toLowerCase()
    if (isRowType(type)) return [{ line, type, cell }]
    errors.push(fault(line, 'type', 'word', type))
    return []
  })
  return { rows, errors }
}

const known = new Set([...columns, ...shortColumns])
const isRowType = (word: string): word is RowType => (rowTypes as readonly string[]).includes(word)
/** A cell may go over several lines; its record counts as where it began. */
const breaksIn = (cells: string[]) => cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)

/** The sign that the first line has most of, outside of quotes. */
function delimiterOf(text: string): string {
  const head = /^\s*(.*)/.exec(text)![1]!.replace(/"[^"]*"/g, '')
  const count = (sign: string) => head.split(sign).length
  return [';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',')
}
