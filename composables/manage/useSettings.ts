import type { Ref } from 'vue'
import type { SettingsView } from '~/server/menu/settings'
import { int, isObject, nullable, object } from '#shared/live/client/checks'
import type { PizzeriaView } from '#shared/menu/menu'
import type { Order } from '#shared/order/order'
import type { RejectionCode } from '#shared/order/rejections'
import { changedIn, choose, rebase, startDraft, type Draft } from '~/composables/manage/merge'
import { sendCommand, type Failure } from '~/composables/useCommand'
import { useKept } from '~/composables/useKept'

interface Versioned {
  version: number
  settings: SettingsView
}
/** What a change of the settings answers. */
export interface SettingsAnswer extends Versioned {
  pizzeria: PizzeriaView
  touched: Order[]
}

export type SaveState =
  | { name: 'idle' }
  | { name: 'saving' }
  /** `undo`: what the changed fields were before; it may be taken back while this is shown. */
  | { name: 'saved'; undo: Partial<SettingsView> | null }
  | { name: 'failed'; code: RejectionCode | null }

const failedBy = (failure: Failure): SaveState => ({
  name: 'failed',
  code: failure.name === 'unanswered' ? null : failure.code,
})

/** How long a change may be taken back by a button, ms. */
const undoMs = 10_000
/** How often a change is put on top of somebody else's before it is given up. */
const maxTries = 3

/**
 * Some settings of a pizzeria as a form. It follows what others change, keeps what is not saved on this device, and
 * overwrites nobody: what two have changed stays open until one has chosen (`draft.theirs`).
 */
export function useSettings<K extends keyof SettingsView>(
  pizzeria: string,
  page: string,
  fields: readonly K[],
  shown: Readonly<Ref<PizzeriaView | null>>,
) {
  type Part = Pick<SettingsView, K>
  const path = `/api/pizzerias/${pizzeria}`
  const draft = ref(null) as Ref<Draft<Part> | null>
  /** All settings as the server last told them. */
  const settings = shallowRef<SettingsView | null>(null)
  const state = shallowRef<SaveState>({ name: 'idle' })
  const kept = useKept<Pick<Draft<Part>, 'version' | 'base' | 'mine'> | null>(
    `comanda:settings:${pizzeria}:${page}`,
    nullable(object({ version: int, base: isObject, mine: isObject })),
    null,
  )
  const pick = (all: Partial<SettingsView>) =>
    Object.fromEntries(fields.filter((name) => name in all).map((name) => [name, all[name]])) as Part

  function take({ version, settings: now }: Versioned) {
    settings.value = now
    const begun = draft.value ?? (kept.value && { ...kept.value, theirs: {} })
    draft.value = begun ? rebase(begun, version, pick(now)) : startDraft(version, pick(now))
  }
  async function load() {
    const result = await sendCommand<Versioned>(`${path}/settings`, { method: 'GET', tries: 3 })
    if (result.name === 'done') take(result.data)
    else if (!draft.value) state.value = failedBy(result)
  }

  async function send(change: Partial<SettingsView>, version: number) {
    const body = { ...change, ifVersion: version }
    const result = await sendCommand<SettingsAnswer>(path, { method: 'PATCH', body, tries: 2 })
    if (result.name === 'refused' && result.code === 'pizzeria.stale') take(result.details as unknown as Versioned)
    return result
  }

  async function save() {
    state.value = { name: 'saving' }
    for (let tries = 0; tries < maxTries && draft.value; tries++) {
      const { base, mine, version } = draft.value
      const names = changedIn(draft.value)
      if (names.length === 0) return void (state.value = { name: 'saved', undo: null })
      const of = (from: Part) => Object.fromEntries(names.map((name) => [name, from[name]])) as Partial<SettingsView>
      const [change, undo] = [of(mine), of(base)]
      const result = await send(change, version)
      if (result.name === 'done') {
        draft.value = startDraft(result.data.version, pick(result.data.settings))
        settings.value = result.data.settings
        return offerUndo(undo)
      }
      const isStale = result.name === 'refused' && result.code === 'pizzeria.stale'
      // What others have changed elsewhere is no reason to ask.
      if (isStale && Object.keys(draft.value.theirs).length === 0) continue
      return void (state.value = failedBy(result))
    }
    state.value = { name: 'failed', code: 'pizzeria.stale' }
  }

  const forget = useTimeoutFn(() => (state.value = { name: 'idle' }), undoMs, { immediate: false })
  function offerUndo(undo: Partial<SettingsView>) {
    state.value = { name: 'saved', undo }
    forget.start()
  }
  async function undo() {
    if (state.value.name !== 'saved' || !state.value.undo || !draft.value) return
    const change = state.value.undo
    forget.stop()
    state.value = { name: 'saving' }
    const result = await send(change, draft.value.version)
    if (result.name === 'done') take(result.data)
    state.value = result.name === 'done' ? { name: 'idle' } : failedBy(result)
  }
  function discard() {
    if (draft.value) draft.value = startDraft(draft.value.version, draft.value.base)
    state.value = { name: 'idle' }
  }
  const choosing = (name: K, which: 'mine' | 'theirs') => {
    if (draft.value) draft.value = choose(draft.value, name, which)
  }

  const changed = computed(() => (draft.value ? (changedIn(draft.value) as K[]) : []))
  watch(
    draft,
    (now) => {
      if (now && state.value.name === 'saved' && changed.value.length > 0) state.value = { name: 'idle' }
      if (now) kept.value = changed.value.length > 0 ? { version: now.version, base: now.base, mine: now.mine } : null
    },
    { deep: true },
  )
  onMounted(load)
  // Somebody has changed something: what they changed is asked for, because the menu shows only a part of it.
  watch(
    () => [shown.value?.version, shown.value?.open, shown.value?.opensAt].join(),
    () => void load(),
  )

  return { draft, settings, state, changed, save, undo, discard, choose: choosing, take, load }
}
export type SettingsForm<K extends keyof SettingsView> = ReturnType<typeof useSettings<K>>
