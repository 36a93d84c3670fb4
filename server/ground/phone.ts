import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min'
import { Rejected } from '../../shared/order/rejections.ts'

/**
 * A phone number as somebody wrote it, in E.164; `country` (ISO 3166-1 alpha-2) is for one that does not say its own.
 * `order.phone_invalid` when no such number is possible.
 */
export function readPhone(written: string, country: string): string {
  const found = parsePhoneNumberFromString(written, country as CountryCode)
  if (!found?.isPossible()) throw new Rejected('order.phone_invalid')
  return found.number
}
