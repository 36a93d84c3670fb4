import { may } from '#shared/staff/may'
import { z } from 'zod'
import { someText } from '#shared/text-input'
import { screenSettings } from '#shared/kitchen/screen-settings'
import { Rejected } from '#shared/order/rejections'
import { viewScreen } from '~/server/live/streams/view-screen'
import { requireRole } from '~/server/staff/sessions'
import { screenParams } from '~/server/utils/params'
import { changedScreen } from '~/server/openapi/answers'

const settings = z.object(
  Object.fromEntries(Object.entries(screenSettings.shape).map(([name, schema]) => [name, schema.unwrap().optional()])),
)
const body = z.strictObject({ name: someText(40).optional(), settings: settings.optional() })

export const operation = defineOperation({
  summary: 'Another name, or other settings.',
  who: 'screens.manage',
  params: screenParams,
  body,
  example: { name: 'Oven' },
  answers: { 200: changedScreen },
  errors: ['screen.unknown'],
})

export default defineApi(async (event, { store }) => {
  const { pizzeria, screen: id } = readParams(event, screenParams)
  requireRole(await readSession(event), pizzeria, may['screens.manage'])
  const change = await readBodyAs(event, body)
  const screen = await store.write(pizzeria, async (tx) => {
    const before = await tx.screen(pizzeria, id)
    if (!before) throw new Rejected('screen.unknown')
    return await tx.saveScreen(pizzeria, id, {
      name: change.name ?? before.name,
      settings: { ...before.settings, ...change.settings },
    })
  })
  return { screen: { ...viewScreen(screen), paired: screen.paired, settings: screen.settings } }
})
