import { deviceId } from '~/composables/live/device'
import { sendCommand } from '~/composables/useCommand'

export type PairingState = { name: 'asking' } | { name: 'code'; code: string; expiresAt: number } | { name: 'failed' }

/** How often the screen asks whether somebody has entered its code, ms. */
const pollMs = 2_000

/** Shows a code until somebody at the counter enters it; a code that has run out is replaced by itself. */
export function usePairing(paired: () => void) {
  const state = shallowRef<PairingState>({ name: 'asking' })
  let token = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false

  async function ask() {
    const result = await sendCommand<{ code: string; token: string; expiresAt: string }>('/api/screens/pairings', {
      method: 'POST',
      body: { device: deviceId() },
    })
    if (result.name === 'done') {
      const { code, expiresAt } = result.data
      token = result.data.token
      state.value = { name: 'code', code, expiresAt: Date.parse(expiresAt) }
    } else {
      token = ''
      state.value = { name: 'failed' }
    }
    next()
  }

  async function poll() {
    if (!token) return ask()
    const result = await sendCommand<{ pizzeria?: string }>(`/api/screens/pairings/${token}`, { method: 'POST' })
    // Run out, or the server forgot: another code. A network that is gone keeps this one.
    if (result.name === 'refused') return ask()
    if (result.name !== 'done' || !result.data?.pizzeria) return next()
    over = true
    paired()
  }

  function next() {
    if (!over) timer = setTimeout(poll, token ? pollMs : pollMs * 2)
  }

  onMounted(ask)
  onScopeDispose(() => {
    over = true
    clearTimeout(timer)
  })
  return { state }
}
