/** Where browsers let their push messages be sent to: Chrome and Android, Firefox, Safari, Edge. */
const hosts = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  'web.push.apple.com',
  '.push.apple.com',
  '.notify.windows.com',
]

/**
 * Whether a push message may be sent to this address: to the service of a browser, or to one that the operator has
 * named (`COMANDA_PUSH_SERVICES`). Anybody may send us an address; without this the server would post to whatever it
 * names.
 */
export function pushServiceOf(endpoint: string, operators: readonly string[]): 'browser' | 'operator' | null {
  if (!URL.canParse(endpoint)) return null
  const { protocol, hostname, origin, port, username, password } = new URL(endpoint)
  if (username !== '' || password !== '') return null
  if (operators.includes(origin)) return 'operator'
  const known = hosts.some((host) => (host.startsWith('.') ? hostname.endsWith(host) : hostname === host))
  return known && protocol === 'https:' && port === '' ? 'browser' : null
}
