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
