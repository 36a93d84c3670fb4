import { may } from '#shared/staff/may'
import { readBook } from '~/server/menu/editor/book'
import { requirePizzeria } from '~/server/menu/pizzeria'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { menuBook } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'The whole menu as it is edited.',
  who: 'menu.edit',
  params: pizzeriaParams,
  answers: { 200: menuBook },
  errors: ['pizzeria.unknown'],
})

/** The whole menu as it is edited, with the version to publish on. */
export default defineApi(async (event, { store }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['menu.edit'])
  return await store.read(async (tx) => readBook(tx, await requirePizzeria(tx, pizzeria)))
})
