import { defaultScreenSettings, screenSettings, type ScreenSettings } from '#shared/kitchen/screen-settings'
import { teachable, type Teachable } from '#shared/kitchen/keys'

/**
 * Where a screen without a record of its own (signed in by PIN) keeps its settings, and every screen its taught keys.
 */
const place = 'comanda.kitchen'

export type ScreenSetup = Awaited<ReturnType<typeof useScreenSettings>>

export interface DeviceSettings {
  settings: Partial<ScreenSettings>
  keys: Record<string, Teachable>
}

/**
 * How this screen is set up: its record at the server where it is paired, else what this device remembers, and above
 * both what the address says (`?language=fr&distance=2`), for screens that are set up by their start command.
 */
export async function useScreenSettings() {
  const query = useRoute().query
  const { setLocale, locale } = useI18n()
  const request = useRequestFetch() as typeof $fetch
  const record = await useAsyncData('kitchen:me', () =>
    request<{ settings: ScreenSettings }>('/api/screens/me').catch(() => null),
  )
  const device = shallowRef<DeviceSettings>({ settings: {}, keys: {} })

  const settings = computed<ScreenSettings>(() =>
    read({ language: locale.value, ...record.data.value?.settings, ...device.value.settings, ...fromQuery(query) }),
  )
  const keys = computed<Record<string, Teachable>>(() => ({
    ...(settings.value.pedal ? { [settings.value.pedal]: 'pedal' as const } : {}),
    ...device.value.keys,
  }))

  onMounted(() => {
    device.value = load()
  })
  watch(
    () => settings.value.language,
    (language) => language !== locale.value && setLocale(language),
  )
  if (settings.value.language !== locale.value) await setLocale(settings.value.language)

  function keep(next: DeviceSettings) {
    device.value = next
    try {
      localStorage.setItem(place, JSON.stringify(next))
    } catch {
      /* a device without storage forgets */
    }
  }
  return {
    settings,
    keys,
    change: (changed: Partial<ScreenSettings>) =>
      keep({ ...device.value, settings: { ...device.value.settings, ...changed } }),
    /** Teaches a key (`KeyboardEvent.code`); a meaning has one key, so that a new pedal replaces the old one. */
    teach: (code: string, meaning: Teachable) =>
      keep({
        ...device.value,
        keys: {
          ...Object.fromEntries(Object.entries(device.value.keys).filter(([, other]) => other !== meaning)),
          [code]: meaning,
        },
      }),
    forget: () => keep({ settings: { ...device.value.settings, pedal: null }, keys: {} }),
  }
}

/** Takes what is right and leaves the rest at its default: a wrong setting must not cost the board. */
function read(from: Record<string, unknown>): ScreenSettings {
  const shape = screenSettings.shape
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]) => {
      const parsed = field.safeParse(from[name])
      return [
        name,
        parsed.success && from[name] !== undefined ? parsed.data : defaultScreenSettings[name as keyof ScreenSettings],
      ]
    }),
  ) as ScreenSettings
}

function fromQuery(query: Record<string, unknown>): Record<string, unknown> {
  const number = (value: unknown) => (typeof value === 'string' && value !== '' ? Number(value) : undefined)
  const flag = (value: unknown) =>
    value === '1' || value === 'true' ? true : value === '0' || value === 'false' ? false : undefined
  const all = {
    language: query.language,
    distance: number(query.distance),
    diagonal: number(query.diagonal),
    volume: number(query.volume),
    sound: flag(query.sound),
    voice: flag(query.voice),
    rotate: flag(query.rotate),
    voiceCommands: flag(query.voiceCommands),
    categories: typeof query.categories === 'string' ? query.categories.split(',').filter(Boolean) : undefined,
    station: query.station,
    share: query.share,
    pedal: query.pedal,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

function load(): DeviceSettings {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<DeviceSettings>
    const keys = Object.entries(kept.keys ?? {}).filter(([, meaning]) =>
      (teachable as readonly string[]).includes(meaning),
    )
    return { settings: kept.settings ?? {}, keys: Object.fromEntries(keys) }
  } catch {
    return { settings: {}, keys: {} }
  }
}
