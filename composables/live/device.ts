const key = 'comanda.device'

/** A kitchen screen's own id, made once per browser; without storage (private mode) it lasts as long as the page. */
export function deviceId() {
  // Not `crypto.randomUUID`: on a kitchen's plain HTTP it does not exist.
  const fresh = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
  try {
    const known = localStorage.getItem(key)
    if (known && /^[\w-]{8,64}$/.test(known)) return known
    localStorage.setItem(key, fresh)
  } catch {
    /* no storage here */
  }
  return fresh
}
