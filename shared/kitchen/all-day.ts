import type { Ticket, TicketLine } from '../order/views.ts'
import type { Text } from '../menu/menu.ts'
import { dueAt } from './queue.ts'
import { isCancelled } from './ticket.ts'

/** One kind of thing still to be made, over all open tickets. A half and half counts as its own kind. */
export interface CountRow {
  key: string
  kind: TicketLine['kind']
  item: string
  name: Text
  other: Text | null
  sizes: { size: string; name: Text; count: number }[]
  total: number
}
export interface AllDay {
  pizzas: CountRow[]
  others: CountRow[]
  /** Balls of dough: one a pizza, by size. */ dough: { size: string; name: Text; count: number }[]
  tickets: number
  pieces: number
}

const keyOf = (line: TicketLine) => (line.half ? [line.item, line.half.item].sort().join('+') : line.item)

/**
 * What the whole queue still needs, counted from the tickets each time and never kept as a running sum, which drifts
 * after reconnections. Cancelled tickets count for nothing.
 */
export function allDay(tickets: readonly Ticket[]): AllDay {
  const rows = new Map<string, CountRow>()
  const dough = new Map<string, { size: string; name: Text; count: number }>()
  const open = tickets.filter((ticket) => !isCancelled(ticket))
  for (const line of open.flatMap((ticket) => ticket.lines)) {
    const key = keyOf(line)
    const row = rows.get(key) ?? {
      key,
      kind: line.kind,
      item: line.item,
      name: line.name,
      other: line.half?.name ?? null,
      sizes: [],
      total: 0,
    }
    rows.set(key, row)
    row.total += line.quantity
    add(row.sizes, line)
    if (line.kind === 'pizza') add(dough, line)
  }
  for (const row of rows.values()) row.sizes.sort(bySize)
  const sorted = [...rows.values()].sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1))
  return {
    pizzas: sorted.filter((row) => row.kind === 'pizza'),
    others: sorted.filter((row) => row.kind !== 'pizza'),
    dough: [...dough.values()].sort(bySize),
    tickets: open.length,
    pieces: sorted.reduce((sum, row) => sum + row.total, 0),
  }
}

/** Sizes from small to large, where their ids say so. */
const sizes = ['small', 'medium', 'large']
const bySize = (a: SizeCount, b: SizeCount) =>
  sizes.indexOf(a.size) - sizes.indexOf(b.size) || (a.size < b.size ? -1 : 1)

interface SizeCount {
  size: string
  name: Text
  count: number
}
function add(to: SizeCount[] | Map<string, SizeCount>, line: TicketLine) {
  const found = Array.isArray(to) ? to.find((one) => one.size === line.size) : to.get(line.size)
  if (found) return void (found.count += line.quantity)
  const fresh = { size: line.size, name: line.sizeName, count: line.quantity }
  if (Array.isArray(to)) to.push(fresh)
  else to.set(line.size, fresh)
}

/**
 * The rows that fit in a room, and what the rest adds up to, so that the counts of a strip are always whole.
 * `heightOf` is a row's height in units of the room.
 */
export function fitRows<Row extends { total: number }>(
  rows: readonly Row[],
  room: number,
  heightOf: (row: Row) => number = () => 1,
) {
  const height = (some: readonly Row[]) => some.reduce((sum, row) => sum + heightOf(row), 0)
  if (height(rows) <= room) return { shown: rows, more: 0, pieces: 0 }
  // A row of one line may still fit where one of two halves does not.
  let used = 1
  const shown = rows.filter((row) => {
    if (used + heightOf(row) > room) return false
    used += heightOf(row)
    return true
  })
  const pieces = rows.reduce((sum, row) => sum + (shown.includes(row) ? 0 : row.total), 0)
  return { shown, more: rows.length - shown.length, pieces }
}

/** More of the same pizza soon after: it saves a walk to make them together. */
export interface BatchHint {
  item: string
  size: string
  name: Text
  sizeName: Text
  count: number
  /** ms, when the first of them is due */ at: number
}

/** Whether two lines are made alike: the same pizza without wishes. Only such are worth a hint. */
const plain = (line: TicketLine) =>
  line.kind === 'pizza' && !line.half && line.toppings.length === 0 && line.removed.length === 0 && line.note === ''

/**
 * What could be made together with the pizzas now at hand: "2 more Margherita at 19:40".
 * `hand` are the tickets being worked on (the first places), `waiting` those behind, in due order; only what is due
 * within the window.
 */
export function batchHints(
  hand: readonly Ticket[],
  waiting: readonly Ticket[],
  now: number,
  windowMs = 25 * 60_000,
): BatchHint[] {
  const making = new Set(
    hand
      .filter((ticket) => !isCancelled(ticket))
      .flatMap((ticket) => ticket.lines)
      .filter(plain)
      .map((line) => `${line.item} ${line.size}`),
  )
  const hints = new Map<string, BatchHint>()
  for (const ticket of waiting) {
    const at = dueAt(ticket)
    if (at > now + windowMs) break
    if (isCancelled(ticket)) continue
    for (const line of ticket.lines.filter(plain)) {
      const key = `${line.item} ${line.size}`
      if (!making.has(key)) continue
      const hint = hints.get(key)
      if (hint) {
        hint.count += line.quantity
        hint.at = Math.min(hint.at, at)
      } else
        hints.set(key, {
          item: line.item,
          size: line.size,
          name: line.name,
          sizeName: line.sizeName,
          count: line.quantity,
          at,
        })
    }
  }
  return [...hints.values()].sort((a, b) => a.at - b.at || b.count - a.count)
}
