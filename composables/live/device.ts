import { randomId } from '~/composables/randomId'

const key = 'comanda.device'

/** A kitchen screen's own id, made once per browser; without storage (private mode) it lasts as long as the page. */
export function deviceId() {
  const fresh = randomId()
  try {
    const known = localStorage.getItem(key)
    if (known && /^[\w-]{8,64}$/.test(known)) return known
    localStorage.setItem(key, fresh)
  } catch {
    /* no storage here */
  }
  return fresh
}
