import type { SettingsView } from '~/server/menu/settings'

/** The settings of the page of this name; hours and tables have pages of their own. */
export const settingNames = [
  'name',
  'address',
  'phone',
  'country',
  'timezone',
  'languages',
  'logo',
  'modes',
  'acceptByHand',
  'phoneRequired',
  'customersAmend',
  'calledAs',
  'halfTopping',
  'patienceMinutes',
  'maxQuantity',
  'maxPieces',
  'makers',
  'ovenSlots',
  'bakeSeconds',
  'reloadSeconds',
  'baseMinutes',
  'leadMinutes',
] as const satisfies readonly (keyof SettingsView)[]

export type SettingName = (typeof settingNames)[number]
export type SettingsPart = Pick<SettingsView, SettingName>

/** The least and the most that the server takes. */
export const settingLimits = {
  patienceMinutes: [0, 240],
  maxQuantity: [1, 100],
  maxPieces: [1, 500],
  makers: [1, 50],
  ovenSlots: [1, 200],
  bakeSeconds: [30, 3600],
  reloadSeconds: [0, 600],
  baseMinutes: [0, 240],
  leadMinutes: [0, 240],
} as const satisfies Partial<Record<SettingName, readonly [number, number]>>
