import SQLite from 'better-sqlite3'
import { findMove } from '../../shared/order/moves.ts'
import type { Order } from '../../shared/order/order.ts'
import type { Attempt } from './load.ts'

interface Row {
  position: number
  subject: string
  version: number
  type: string
  data: Order
}

/**
 * Reads the database on the disk and lists what is wrong with it: acknowledged orders that are missing or doubled,
 * orders that nobody sent, holes in the log, versions that jump, steps that the table does not allow, and orders that
 * differ from their last event (invariants I1, I2 and I6). Events that retention deleted are not missed. Empty when
 * everything is right.
 */
export function checkLog(databaseFile: string, attempts: readonly Attempt[], pizzeria = 'napoli'): string[] {
  const client = new SQLite(databaseFile, { readonly: true, timeout: 2000 })
  try {
    const rows = (
      client
        .prepare('select position, subject, version, type, data from events where pizzeria = ? order by position')
        .all(pizzeria) as (Omit<Row, 'data'> & { data: string })[]
    ).map((row) => ({ ...row, data: JSON.parse(row.data) as Order }))
    const orders = (
      client.prepare('select body from orders where pizzeria = ?').all(pizzeria) as { body: string }[]
    ).map(({ body }) => JSON.parse(body) as Order)
    const answers = client.prepare('select key, response from idempotency').all() as { key: string; response: string }[]
    const { oldest } = client.prepare('select oldest from pizzerias where id = ?').get(pizzeria) as { oldest: number }
    return checkRows(
      {
        rows,
        orders,
        oldest,
        answers: answers.map((one) => ({ ...one, response: JSON.parse(one.response) as Answer })),
      },
      attempts,
    )
  } finally {
    client.close()
  }
}

interface Answer {
  tracking: string
}
/** All that a database holds of one pizzeria. */
export interface Holdings {
  rows: Row[]
  orders: Order[]
  answers: { key: string; response: Answer }[]
  /** The oldest position that is kept. */
  oldest: number
}

/** The same of what was read already, from whatever database. */
export function checkRows({ rows, orders, answers, oldest }: Holdings, attempts: readonly Attempt[]): string[] {
  const stored = new Map(orders.map((order) => [order.id, order]))
  const byTracking = new Map(orders.map(({ tracking, id }) => [tracking, id]))
  const kept = { rows, stored, shortened: oldest > 1 }
  const given = new Map(answers.map(({ key, response }) => [key, byTracking.get(response.tracking) ?? 'nothing']))
  return [...checkPositions(rows), ...checkHistories(kept), ...checkAnswers(kept, attempts, given)]
}

const checkPositions = (rows: Row[]) =>
  rows.flatMap(({ position }, index) =>
    index > 0 && position !== rows[index - 1]!.position + 1
      ? [`position ${position} follows ${rows[index - 1]!.position}`]
      : [],
  )

interface Kept {
  rows: Row[]
  stored: Map<string, Order>
  /** Retention has deleted the beginning. */ shortened: boolean
}

/** Each order's own history, from its placing to its present state. */
function checkHistories({ rows, stored, shortened }: Kept): string[] {
  const faults: string[] = []
  const last = new Map<string, Order>()
  for (const { type, version, data } of rows.filter(({ subject }) => subject.startsWith('order:'))) {
    const before = last.get(data.id)
    const begins = !before && shortened && version > 1
    last.set(data.id, data)
    if (begins) continue
    if (version !== (before?.version ?? 0) + 1 || data.version !== version)
      faults.push(`order ${data.id}: version ${version} follows ${before?.version ?? 'nothing'}`)
    if ((type === 'order.placed') !== !before) faults.push(`order ${data.id}: "${type}" at version ${version}`)
    if (before && before.state !== data.state && !findMove(before.state, data.state))
      faults.push(`order ${data.id}: from ${before.state} to ${data.state}`)
  }
  for (const [id, { version, state }] of last) {
    const order = stored.get(id)
    if (order?.version !== version || order.state !== state)
      faults.push(`order ${id} stands at ${order?.state} ${order?.version}, its log at ${state} ${version}`)
  }
  for (const id of stored.keys()) if (!last.has(id) && !shortened) faults.push(`order ${id} has no event`)
  return faults
}

/** Each acknowledged order exactly once, and none that was not sent. */
function checkAnswers(
  { rows, stored, shortened }: Kept,
  attempts: readonly Attempt[],
  answers: Map<string, string>,
): string[] {
  const times = new Map<string, number>()
  if (shortened)
    for (const id of stored.keys())
      times.set(id, rows.some(({ type, data }) => type === 'order.placed' && data.id === id) ? 0 : 1)
  for (const { type, data } of rows) if (type === 'order.placed') times.set(data.id, (times.get(data.id) ?? 0) + 1)
  const keys = new Set(attempts.map(({ key }) => key))
  const wanted = new Set([...answers].filter(([key]) => keys.has(key)).map(([, id]) => id))
  return [
    ...attempts
      .filter(({ acked }) => acked && times.get(acked) !== 1)
      .map(({ key, acked }) => `acknowledged order ${acked} (${key}) is there ${times.get(acked!) ?? 0} times`),
    ...attempts
      .filter(({ key, acked }) => acked && answers.get(key) !== acked)
      .map(({ key, acked }) => `key ${key} was answered ${acked}, and keeps ${answers.get(key)}`),
    ...[...times.keys()].filter((id) => !wanted.has(id)).map((id) => `order ${id} was placed for no key`),
  ]
}
