import { csvOf } from '../csv.ts'
import { writeAmount } from '../order/amount.ts'
import type { Report } from './report.ts'

/** The tables of the figures, each of which can be had as CSV. */
export const tables = ['days', 'quarters', 'waits', 'promises', 'items', 'cancelled', 'methods', 'vat'] as const
export type TableName = (typeof tables)[number]

type Cell = string | number | null

/** Rows of a table, the names of its columns first. Money as a decimal number of the currency, times in seconds. */
export function tableOf(report: Report, name: TableName, digits: number): Cell[][] {
  const money = (minor: number) => writeAmount(minor, digits, '.')
  switch (name) {
    case 'days':
      return [
        ['day', 'orders', 'pizzas', 'sold'],
        ...report.days.map(({ day, orders, pizzas, sold }) => [day, orders, pizzas, money(sold)]),
      ]
    case 'quarters':
      return [['quarter', 'orders', 'pizzas'], ...report.quarters.map(({ at, orders, pizzas }) => [at, orders, pizzas])]
    case 'waits':
      return [
        ['orders', 'median', 'p90'],
        [report.waits.orders, report.waits.median, report.waits.p90],
      ]
    case 'promises':
      return [
        ['promise', 'orders'],
        ['kept', report.promises.kept],
        ...report.promises.reasons.map(({ reason, orders }) => [`late: ${reason}`, orders]),
      ]
    case 'items':
      return [
        ['item', 'name', 'orders', 'pieces', 'wait'],
        ...report.items.map(({ item, name, orders, pieces, wait }) => [item, name, orders, pieces, wait]),
      ]
    case 'cancelled':
      return [
        ['by', 'role', 'orders', 'total'],
        ...report.cancelled.by.map(({ name, actor, orders, total }) => [name, actor, orders, money(total)]),
      ]
    case 'methods':
      return [
        ['method', 'paid', 'returned', 'received'],
        ...report.money.methods.map(({ method, paid, returned }) => [
          method,
          money(paid),
          money(returned),
          money(paid - returned),
        ]),
      ]
    case 'vat':
      return [['vat', 'sold'], ...report.money.vat.map(({ vat, sold }) => [vat, money(sold)])]
    default:
      return name satisfies never
  }
}

/** Spreadsheets take what begins like this for a formula. */
const formula = /^[=+\-@\t\r]/
const plain = (cell: Cell) => {
  const text = String(cell ?? '')
  return typeof cell === 'string' && formula.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text
}

export const toCsv = (rows: Cell[][]) => csvOf(rows.map((row) => row.map(plain)))
