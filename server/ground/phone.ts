import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min'
import { Rejected } from '../../shared/order/rejections.ts'

/**
 * The E.164 form of a phone number as somebody wrote it. `country` (ISO 3166-1 alpha-2) applies when the number has no
 * country code of its own. Throws `order.phone_invalid` when no such number is possible.
 */
export function readPhone(written: string, country: string): string {
  const found = parsePhoneNumberFromString(written, country as CountryCode)
  if (!found?.isPossible()) throw new Rejected('order.phone_invalid')
  return found.number
}
