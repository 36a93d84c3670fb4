/** How many digits of a currency are minor: two for EUR, none for JPY. */
export const minorDigits = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/**
 * A written price in minor units, or null where it is none: with a decimal point or comma, with or without the sign of
 * a currency. `1,234` is no price where two digits are minor: nobody can say which one is meant.
 */
export function readPrice(written: string, digits: number): number | null {
  const bare = written.replace(/[\s\u00A0\u202F'’]|\p{Sc}|[A-Za-z]{3}/gu, '')
  const [, plain, minor = ''] = /^(\d+)(?:[.,](\d+))?$/.exec(bare) ?? []
  if (plain !== undefined && minor.length <= digits) return inMinor(plain, minor, digits)
  // Thousands are apart by one sign, and what follows them by the other.
  const [, whole, , sign, rest = ''] = /^(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)(?:([.,])(\d+))?$/.exec(bare) ?? []
  if (whole === undefined || rest.length > digits || (sign === undefined) === digits > 0) return null
  return whole.includes(sign ?? ' ') ? null : inMinor(whole.replace(/[.,]/g, ''), rest, digits)
}

function inMinor(whole: string, minor: string, digits: number): number | null {
  const price = Number(whole) * 10 ** digits + Number(minor.padEnd(digits, '0'))
  return Number.isSafeInteger(price) ? price : null
}

/** A price as it is written in a table: `9.50`, or with another decimal sign. */
export function writePrice(minor: number, digits: number, sign = '.'): string {
  const written = String(minor).padStart(digits + 1, '0')
  return digits === 0 ? written : `${written.slice(0, -digits)}${sign}${written.slice(-digits)}`
}
