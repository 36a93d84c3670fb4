/**
 * An unguessable word of 22 letters (128 bits). `crypto.randomUUID` would do, but browsers hide it on plain HTTP,
 * which is what a pizzeria's own network often speaks.
 */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
