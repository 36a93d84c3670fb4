import { may } from '#shared/staff/may'
import { importMenu } from '~/server/menu/editor/import'
import { formatOf, importInput, importQuery, maxMenuBytes } from '~/server/menu/editor/input'
import { actingAs, actorOf, requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { importedMenu } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Takes a menu from a CSV or JSON file, or says what that would change.',
  who: 'menu.edit',
  params: pizzeriaParams,
  query: importQuery,
  body: importInput,
  example: { text: 'type,id\n', preview: true },
  answers: { 200: importedMenu },
  errors: ['pizzeria.unknown', 'menu.stale', 'menu.import_invalid'],
})

/** Takes a menu from a file: as JSON with its text, or the file itself with the rest in the query. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const session = requireRole(await readSession(event), pizzeria, may['menu.edit'])
  const body = await readText(event, maxMenuBytes)
  const json = getRequestHeader(event, 'content-type')?.startsWith('application/json') ? parseJson(body) : null
  const file =
    typeof json === 'object' && json !== null && 'text' in json
      ? parseAs(importInput, json)
      : { ...parseAs(importQuery, getQuery(event)), text: body }
  const format = file.format ?? formatOf(file.text)
  return await importMenu(actingAs(app, session), { ...file, pizzeria, format, actor: actorOf(session) })
})
