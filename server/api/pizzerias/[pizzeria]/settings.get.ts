import { may } from '#shared/staff/may'
import { requirePizzeria } from '~/server/menu/pizzeria'
import { versionedSettings } from '~/server/menu/settings'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { versionedSettings as versioned } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'All settings, with the version that a change of them names.',
  who: 'pizzeria.pace',
  params: pizzeriaParams,
  answers: { 200: versioned },
  errors: ['pizzeria.unknown'],
})

/** All settings, with the version that a change of them names. */
export default defineApi(async (event, { store }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['pizzeria.pace'])
  return versionedSettings(await store.read((tx) => requirePizzeria(tx, pizzeria)))
})
