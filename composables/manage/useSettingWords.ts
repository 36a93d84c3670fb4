import type { Mode } from '#shared/order/modes'
import type { SettingName } from '~/composables/manage/settingNames'

const labels = {
  name: 'manage.settings.name',
  address: 'manage.settings.address',
  phone: 'manage.settings.phone',
  country: 'manage.setup.country',
  timezone: 'manage.setup.timezone',
  languages: 'manage.setup.languages',
  logo: 'manage.settings.logo',
  modes: 'manage.settings.modes',
  acceptByHand: 'manage.settings.acceptByHand',
  phoneRequired: 'manage.settings.phoneRequired',
  customersAmend: 'manage.settings.customersAmend',
  calledAs: 'manage.settings.calledAs',
  halfTopping: 'manage.settings.halfTopping',
  patienceMinutes: 'manage.settings.patience',
  maxQuantity: 'manage.settings.maxQuantity',
  maxPieces: 'manage.settings.maxPieces',
  makers: 'manage.settings.makers',
  ovenSlots: 'manage.settings.ovenSlots',
  bakeSeconds: 'manage.settings.bake',
  reloadSeconds: 'manage.settings.reload',
  baseMinutes: 'manage.settings.base',
  leadMinutes: 'manage.settings.lead',
} as const satisfies Record<SettingName, string>

export const callWords = {
  first: 'manage.settings.first',
  initial: 'manage.settings.initial',
  whole: 'manage.settings.whole',
} as const
export const halfWords = {
  full: 'manage.settings.halfFull',
  half: 'manage.settings.halfHalf',
  dearer: 'manage.settings.halfDearer',
} as const

export const modeKeys = { pickup: 'mode.pickup', table: 'mode.table' } as const satisfies Record<Mode, string>

/** Each setting by its name, and its values in words: for a form, and for two values side by side. */
export function useSettingWords() {
  const { t, locales } = useI18n()
  const language = (code: string) => locales.value.find((one) => one.code === code)?.name ?? code
  const say: Partial<Record<SettingName, (value: never) => string>> = {
    languages: (codes: string[]) => codes.map(language).join(', '),
    modes: (modes: Mode[]) => modes.map((mode) => t(modeKeys[mode])).join(', '),
    calledAs: (style: keyof typeof callWords) => t(callWords[style]),
    logo: (photo: string | null) => (photo ? t('common.yes') : t('common.no')),
    halfTopping: (way: keyof typeof halfWords) => t(halfWords[way]),
  }
  const plain = (value: unknown) =>
    typeof value === 'boolean' ? (value ? t('common.yes') : t('common.no')) : String(value ?? '') || '–'
  return computed(
    () =>
      Object.fromEntries(
        Object.entries(labels).map(([name, key]) => [name, { label: t(key), say: say[name as SettingName] ?? plain }]),
      ) as Record<SettingName, { label: string; say: (value: never) => string }>,
  )
}
