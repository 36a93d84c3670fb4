import { may } from '#shared/staff/may'
import { copyInput } from '#shared/staff/setup'
import { openedPizzeria } from '~/server/openapi/answers'
import { copyPizzeria } from '~/server/staff/copy'
import { requireRole } from '~/server/staff/sessions'
import { rememberDevice } from '~/server/utils/device'
import { pizzeriaParams } from '~/server/utils/params'

export const operation = defineOperation({
  summary: 'Opens another pizzeria with the menu, hours and settings of this one.',
  who: 'pizzeria.copy',
  params: pizzeriaParams,
  body: copyInput,
  example: { id: 'napoli-mare', name: 'Napoli al mare', pin: '000000' },
  answers: { 201: openedPizzeria },
  errors: ['pizzeria.unknown', 'pizzeria.exists'],
})

/** Another one like this, whose manager is whoever asks; they are there from now on, and may switch back. */
export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const by = requireRole(await readSession(event), pizzeria, may['pizzeria.copy'])
  const copy = await readBodyAs(event, copyInput)
  const session = await copyPizzeria(app, { from: pizzeria, copy, by: by.name })
  rememberDevice(event, copy.id)
  const user = await giveSession(event, session, await browserSessions(event))
  setResponseStatus(event, 201)
  return { pizzeria: { id: copy.id, name: copy.name }, user }
})
