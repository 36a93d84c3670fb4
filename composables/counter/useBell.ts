import { sendCommand } from '~/composables/useCommand'

/** How long the button says that it rings, ms. */
const ringsMs = 4_000

/** The bell that all kitchen screens ring. */
export function useBell(pizzeria: () => string | undefined) {
  const state = shallowRef<'quiet' | 'asking' | 'rings'>('quiet')
  const over = useTimeoutFn(() => (state.value = 'quiet'), ringsMs, { immediate: false })

  async function ring() {
    over.stop()
    state.value = 'asking'
    const result = await sendCommand(`/api/pizzerias/${pizzeria()}/ring`, { method: 'POST', body: {} })
    state.value = result.name === 'done' ? 'rings' : 'quiet'
    over.start()
  }
  return { state, ring }
}
