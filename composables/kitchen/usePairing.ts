import { deviceId } from '~/composables/live/device'
import { sendCommand } from '~/composables/useCommand'

export type PairingState =
  | { name: 'asking' }
  /** `site` is the site's address as a phone can open it, with a slash at its end. */
  | { name: 'code'; code: string; site: string; expiresAt: number }
  | { name: 'failed' }

interface Pairing {
  code: string
  token: string
  expiresAt: string
  site: string
}

/** How often the screen asks whether somebody has entered its code, ms. */
const pollMs = 2_000

/** Shows a code until somebody at the counter enters it; a code that has run out is replaced by itself. */
export function usePairing(paired: () => void) {
  const state = shallowRef<PairingState>({ name: 'asking' })
  let token = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false

  async function ask() {
    const body = { device: deviceId() }
    const result = await sendCommand<Pairing>('/api/screens/pairings', { method: 'POST', body })
    if (result.name === 'done') {
      const { code, site, expiresAt } = result.data
      token = result.data.token
      state.value = { name: 'code', code, site, expiresAt: Date.parse(expiresAt) }
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
