/** The codings that we send, the smallest answer first. */
const codings = ['br', 'gzip'] as const
export type Coding = (typeof codings)[number]

/**
 * The coding that a reader asks for with `Accept-Encoding` (RFC 9110, section 12.5.3): the one with the highest weight,
 * and brotli where two weigh the same. Null means as it is: nobody asked, everything was refused, or the reader prefers
 * it so.
 */
export function chooseCoding(header: string | undefined): Coding | null {
  if (!header) return null
  const weights = new Map<string, number>()
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((word) => word.trim())
    const weight = parameters.find((one) => /^q\s*=/.test(one))?.replace(/^q\s*=\s*/, '')
    const value = weight === undefined ? 1 : Number(weight)
    // A weight that nobody can read is no wish.
    if (name && value >= 0 && value <= 1) weights.set(name === 'x-gzip' ? 'gzip' : name, value)
  }
  const weightOf = (name: string) => weights.get(name) ?? weights.get('*') ?? 0
  const best = codings.reduce((best, one) => (weightOf(one) > weightOf(best) ? one : best))
  return weightOf(best) > 0 && weightOf(best) >= (weights.get('identity') ?? 0) ? best : null
}
