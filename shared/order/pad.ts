import type { Line } from '../menu/line.ts'
import { fromWall, toWall } from '../menu/wall-time.ts'
import { againOf } from './again.ts'
import { changeLines, type AmendInput } from './amend.ts'
import { needsTable, type Mode } from './modes.ts'
import type { PaymentMethod } from './money.ts'
import type { Order, PlaceInput } from './order.ts'

/** What somebody at the counter fills in beside the lines. */
export interface PadForm {
  mode: Mode
  table: string
  name: string
  phone: string
  note: string
  /** The later time on the pizzeria's wall clock, as a field for times has it; empty: as soon as possible. */
  later: string
  /** How it was paid already; null: not yet. */
  paid: PaymentMethod | null
}

export const emptyForm: PadForm = { mode: 'pickup', table: '', name: '', phone: '', note: '', later: '', paid: null }

/** The form of an order that is changed. */
export const formOf = ({ mode, table, customer, note, wantedAt }: Order, timezone: string): PadForm => ({
  mode,
  table: table ?? '',
  name: customer.name,
  phone: customer.phone ?? '',
  note,
  later: wantedAt ? toWall(Date.parse(wantedAt), timezone) : '',
  paid: null,
})

export const linesOf = (order: Order): Line[] => order.lines.map(againOf)

interface Written {
  form: PadForm
  lines: Line[]
  total: number
  timezone: string
}

const iso = (wall: string, timezone: string) => {
  const at = fromWall(wall, timezone)
  return at === null ? undefined : new Date(at).toISOString()
}

/** The body that places what was written. `guest` is what somebody without a name is called. */
export function placeOf({ form, lines, total, timezone }: Written, guest: string): PlaceInput {
  const [name, phone, table, later] = [
    form.name.trim(),
    form.phone.trim(),
    form.table.trim(),
    iso(form.later, timezone),
  ]
  return {
    mode: form.mode,
    ...(needsTable[form.mode] && { table }),
    customer: { name: name || guest, ...(phone && { phone }) },
    lines,
    note: form.note.trim(),
    total,
    ...(later && { for: later }),
  }
}

/** The body that makes an order what was written: only what differs, or null where nothing does. */
export function amendmentOf(order: Order, { form, lines, total, timezone }: Written): AmendInput | null {
  const { added, struck } = changeLines(order.lines, lines)
  const [name, phone, table, note] = [form.name.trim(), form.phone.trim(), form.table.trim(), form.note.trim()]
  const before = formOf(order, timezone)
  const customer = {
    ...(name && name !== before.name && { name }),
    ...(phone !== before.phone && { phone: phone || null }),
  }
  const change = {
    ...((added.length > 0 || struck.length > 0) && { lines, total }),
    ...(note !== before.note && { note }),
    ...(Object.keys(customer).length > 0 && { customer }),
    ...(table !== before.table && { table: table || null }),
    ...(form.later !== before.later && { for: iso(form.later, timezone) ?? null }),
  }
  return Object.keys(change).length > 0 ? { ifVersion: order.version, ...change } : null
}
