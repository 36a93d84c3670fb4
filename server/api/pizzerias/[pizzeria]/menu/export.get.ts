import { minorDigits } from '#shared/order/amount'
import { menuDocument } from '#shared/menu/document'
import { may } from '#shared/staff/may'
import { documentOf, readBook } from '~/server/menu/editor/book'
import { exportQuery } from '~/server/menu/editor/input'
import { writeCsv } from '~/server/menu/editor/write-csv'
import { requirePizzeria } from '~/server/menu/pizzeria'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'

export const operation = defineOperation({
  summary: 'The menu as a file.',
  who: 'menu.edit',
  params: pizzeriaParams,
  query: exportQuery,
  answers: { 200: ['text/csv', menuDocument] },
  errors: ['pizzeria.unknown'],
})

/** The menu as a file: importing it again changes nothing. */
export default defineApi(async (event, { store }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['menu.edit'])
  const { format, separator } = parseAs(exportQuery, getQuery(event))
  const book = await store.read(async (tx) => readBook(tx, await requirePizzeria(tx, pizzeria)))
  const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8'
  setResponseHeader(event, 'content-type', type)
  setResponseHeader(event, 'content-disposition', `attachment; filename="menu-${pizzeria}.${format}"`)
  const menu = documentOf(book)
  if (format === 'json') return `${JSON.stringify(menu, null, 2)}\n`
  return writeCsv(menu, { digits: minorDigits(book.currency), separator: separator === 'semicolon' ? ';' : ',' })
})
