import { deviceId } from '~/composables/live/device'

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
    try {
      const answer = await $fetch<{ code: string; token: string; expiresAt: string }>('/api/screens/pairings', {
        method: 'POST',
        body: { device: deviceId() },
        timeout: 8_000,
      })
      token = answer.token
      state.value = { name: 'code', code: answer.code, expiresAt: Date.parse(answer.expiresAt) }
    } catch {
      token = ''
      state.value = { name: 'failed' }
    }
    next()
  }

  async function poll() {
    if (!token) return ask()
    try {
      const answer = await $fetch.raw<{ pizzeria?: string }>(`/api/screens/pairings/${token}`, {
        timeout: 8_000,
        retry: false,
      })
      if (answer.status === 200) {
        over = true
        return paired()
      }
    } catch (error) {
      // Run out, or the server forgot: another code. A network that is gone keeps this one.
      const { status } = error as { status?: number }
      if (status !== undefined && status < 500) return ask()
    }
    next()
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
