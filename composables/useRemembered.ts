import { computed, type Ref } from 'vue'
import { flag, int, nullable, object, oneOf, text } from '#shared/live/client/checks'
import { modes, type Mode } from '#shared/order/modes'
import { staysAtTableMs } from '~/composables/useScannedTable'
import { useKept } from '~/composables/useKept'

/** Who orders on this device, as they wrote it the last time. */
export interface Remembered {
  version: 1
  /** Off: nothing below is kept, and nothing will be until they tick it again. */
  isOn: boolean
  name: string
  phone: string
  mode: Mode
  table: { pizzeria: string; name: string; /** ms */ at: number } | null
}
const remembered = object<Remembered>({
  version: oneOf(1),
  isOn: flag,
  name: text,
  phone: text,
  mode: oneOf(...modes),
  table: nullable(object<NonNullable<Remembered['table']>>({ pizzeria: text, name: text, at: int })),
})
const nobody: Remembered = { version: 1, isOn: true, name: '', phone: '', mode: 'pickup', table: null }

/**
 * Name, phone, mode and table of whoever orders on this device, so that the next order needs none of them typed. They
 * never leave the device but in an order. A table is remembered for as long as somebody sits at one, and for its own
 * pizzeria alone: tomorrow's guest sits elsewhere.
 */
export function useRemembered(pizzeria: string) {
  const kept = useKept<Remembered>('comanda:me', remembered, nobody)
  const table = computed(() => {
    const last = kept.value.table
    return last?.pizzeria === pizzeria && Date.now() - last.at < staysAtTableMs ? last.name : ''
  })
  const isOn = computed({
    get: () => kept.value.isOn,
    set: (on) => (kept.value = { ...nobody, isOn: on }),
  }) as Ref<boolean>

  function remember(who: Pick<Remembered, 'name' | 'phone' | 'mode'> & { table: string }) {
    if (!isOn.value) return
    const sits = who.table ? { pizzeria, name: who.table, at: Date.now() } : null
    kept.value = { version: 1, isOn: true, name: who.name, phone: who.phone, mode: who.mode, table: sits }
  }
  return { kept, table, isOn, remember }
}
