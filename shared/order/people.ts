import type { Order } from './order.ts'

/** How long (days) an order keeps personal data by default, and the values that may be set. */
export const peopleKeptDays = { usual: 90, min: 1, max: 3650 } as const

/**
 * An order without its personal data: what people wrote is removed, and what the figures need stays. Any free text may
 * name somebody, so all of it is removed.
 */
export const withoutPeople = (order: Order): Order => ({
  ...order,
  customer: { name: '', phone: null },
  table: null,
  note: '',
  cancelReason: null,
  lines: order.lines.map((line) => ({ ...line, note: '' })),
  ...(order.amended && {
    amended: { ...order.amended, struck: order.amended.struck.map((line) => ({ ...line, note: '' })) },
  }),
})

/**
 * Whether two notations are the same phone number. Orders hold what people typed, with or without the country and with
 * leading zeros, so the last digits decide, if there are enough of them to tell people apart.
 */
export function samePhone(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.replaceAll(/\D/g, '').replace(/^0+/, ''))
  const [short, long] = a!.length < b!.length ? [a!, b!] : [b!, a!]
  return short.length >= leastDigits && long.endsWith(short)
}
const leastDigits = 7
