import { z } from 'zod'
import { may } from '#shared/staff/may'
import { readBook } from '~/server/staff/book'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { book } from '~/server/openapi/answers'

const query = z.object({
  before: z.coerce.number().int().min(1).optional(),
  by: z.string().max(80).optional(),
  type: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const operation = defineOperation({
  summary: 'Who did what, the newest first.',
  who: 'books.see',
  params: pizzeriaParams,
  query,
  answers: { 200: book },
})

/** Who did what. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['books.see'])
  return await readBook(app, pizzeria, parseAs(query, getQuery(event)))
})
