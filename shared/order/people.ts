import type { Order } from './order.ts'

/** How long an order keeps its people where nobody has said otherwise, and what may be said (days). */
export const peopleKeptDays = { usual: 90, least: 1, most: 3650 } as const

/**
 * An order without its people: whatever somebody wrote of themselves is gone, and what the figures need stays. Any text
 * that people write freely may name them, so all of them go.
 */
export const withoutPeople = (order: Order): Order => ({
  ...order,
  customer: { name: '', phone: null },
  table: null,
  note: '',
  cancelReason: null,
  lines: order.lines.map((line) => ({ ...line, note: '' })),
})

/**
 * Whether two spellings are one phone number. Orders hold what people typed: with or without the country, with zeros in
 * front of it, so the end decides, where it is long enough to tell people apart.
 */
export function samePhone(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.replaceAll(/\D/g, '').replace(/^0+/, ''))
  const [short, long] = a!.length < b!.length ? [a!, b!] : [b!, a!]
  return short.length >= leastDigits && long.endsWith(short)
}
const leastDigits = 7
