import { randomId } from '~/composables/randomId'

const key = 'comanda.device'

/** Where storage is blocked, the id lasts as long as the page. */
let ours: string | undefined

/** A kitchen screen's own id, made once per browser. */
export function deviceId() {
  return (ours ??= kept())
}

function kept() {
  const fresh = randomId()
  try {
    const known = localStorage.getItem(key)
    if (known && /^[\w-]{8,64}$/.test(known)) return known
    localStorage.setItem(key, fresh)
  } catch {
    /* storage is blocked */
  }
  return fresh
}
