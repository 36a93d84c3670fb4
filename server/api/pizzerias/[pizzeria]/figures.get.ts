import { z } from 'zod'
import { report } from '#shared/figures/report'
import { tables, tableOf, toCsv } from '#shared/figures/tables'
import { languages } from '#shared/menu/words'
import { minorDigits } from '#shared/order/amount'
import { may } from '#shared/staff/may'
import { Rejected } from '#shared/order/rejections'
import { maxDays } from '~/server/figures/figures'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'

const query = z
  .object({
    /** Business days, both included. */
    from: z.iso.date(),
    to: z.iso.date(),
    language: z.enum(languages).default('en'),
    format: z.enum(['json', 'csv']).default('json'),
    /** With `csv`: which of the tables. */
    table: z.enum(tables).default('days'),
  })
  .refine(({ from, to }) => to >= from && Date.parse(to) - Date.parse(from) < maxDays * 86_400_000, {
    path: ['to'],
    error: `Invalid input: from 1 to ${maxDays} days`,
  })

export const operation = defineOperation({
  summary: 'What the orders of some business days come to; a table of it as CSV.',
  who: 'books.see',
  params: pizzeriaParams,
  query,
  answers: { 200: [report, 'text/csv'] },
  errors: ['pizzeria.unknown', 'figures.counting'],
})

/** Orders, times, promises and money of some business days. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['books.see'])
  const { format, table, ...asked } = parseAs(query, getQuery(event))
  const figures = await app.figures.read({ pizzeria, ...asked })
  if (format === 'json') return figures
  // A file says nothing of what it lacks.
  if (figures.missing > 0) throw new Rejected('figures.counting', { missing: figures.missing, retryAfter: 2 })
  setResponseHeaders(event, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${pizzeria}-${table}-${asked.from}-${asked.to}.csv"`,
  })
  return toCsv(tableOf(figures, table, minorDigits(figures.currency)))
})
