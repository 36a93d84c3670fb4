/** How many digits of a currency are minor: two for EUR, none for JPY. */
export const minorDigits = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** A currency's sign or code, before or after a sum. */
const sign = /^(?:\p{Sc}|[A-Za-z]{3})|(?:\p{Sc}|[A-Za-z]{3})$/gu

/**
 * Money as people write it (`19`, `19,5`, `€19.50`, `1 234,50`, `1.234,50 EUR`) in minor units, or null when it cannot
 * be told. `digits`: how many the currency has after its separator. A single separator is the decimal one, so `1.234`
 * is refused where there are two digits: a thousand times too much is never meant.
 */
export function readAmount(written: string, digits: number): number | null {
  const bare = written.replace(/[\s\u00A0\u202F'’]/g, '').replace(sign, '')
  const [, plain, cents = ''] = /^(\d+)(?:[.,](\d+))?$/.exec(bare) ?? []
  if (plain !== undefined && cents.length <= digits) return inMinor(plain, cents, digits)
  // Thousands are apart by one sign, and what follows them by the other.
  const [, whole, , rest] = /^(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?$/.exec(bare) ?? []
  if (whole === undefined || (rest ?? '').length > digits) return null
  const isTold = rest !== undefined || digits === 0 || whole.split(/[.,]/).length > 2
  return isTold ? inMinor(whole.replace(/[.,]/g, ''), rest ?? '', digits) : null
}

function inMinor(whole: string, cents: string, digits: number): number | null {
  const minor = Number(whole) * 10 ** digits + Number(cents.padEnd(digits, '0') || 0)
  return Number.isSafeInteger(minor) ? minor : null
}

/** Minor units as somebody would type them, without the currency: `19.50`. `point` is the language's separator. */
export function writeAmount(minor: number, digits: number, point: string): string {
  const [whole, cents] = (minor / 10 ** digits).toFixed(digits).split('.')
  return cents ? `${whole}${point}${cents}` : whole!
}
