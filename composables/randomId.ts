/**
 * An unguessable string of 22 letters (128 bits). `crypto.randomUUID` would do, but browsers hide it on plain HTTP,
 * which a pizzeria's own network often uses.
 */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
