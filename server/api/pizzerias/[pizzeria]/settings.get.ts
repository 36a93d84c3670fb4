import { may } from '#shared/staff/may'
import { requirePizzeria } from '~/server/menu/pizzeria'
import { versionedSettings } from '~/server/menu/settings'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'

/** All settings, with the version that a change of them names. */
export default defineApi(async (event, { store }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['pizzeria.pace'])
  return versionedSettings(await store.read((tx) => requirePizzeria(tx, pizzeria)))
})
