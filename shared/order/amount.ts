/** How many digits of a currency are minor: two for EUR, none for JPY. */
export const minorDigits = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/**
 * Money as people write it (`19`, `19,5`, `19.50`, `1 234,50`, `1.234,50`) in minor units, or null when it cannot be
 * told. `digits`: how many the currency has after its separator. A single separator is the decimal one, so `1.234` is
 * refused where there are two digits: a thousand times too much is never meant.
 */
export function readAmount(written: string, digits: number): number | null {
  const text = written.replace(/[\s\u00A0\u202F'’]/g, '')
  const found = /^(\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+)(?:([.,])(\d+))?$/.exec(text)
  if (!found) return null
  const [, whole, point, cents = ''] = found
  if (cents.length > digits || (point && whole!.includes(point))) return null
  const minor = Number(whole!.replace(/[.,]/g, '')) * 10 ** digits + Number(cents.padEnd(digits, '0') || 0)
  return Number.isSafeInteger(minor) ? minor : null
}

/** Minor units as somebody would type them, without the currency: `19.50`. `point` is the language's separator. */
export function writeAmount(minor: number, digits: number, point: string): string {
  const [whole, cents] = (minor / 10 ** digits).toFixed(digits).split('.')
  return cents ? `${whole}${point}${cents}` : whole!
}
