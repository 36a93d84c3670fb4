import { statSync } from 'node:fs'
import SQLite from 'better-sqlite3'

export interface HistorySize {
  /** Orders that are over; each has five events. */
  orders: number
  /** Over how many days they are spread. */
  days: number
}

export const eventsOfAnOrder = 5
/** The counter still shows what was finished in the last 12 hours: history ends before that. */
const endsBeforeMs = 13 * 3600_000

/**
 * Adds a history to a stopped server's database: copies of its one finished order, with their events, each with ids,
 * numbers and times of its own. What the database held stays the newest. Returns its size, MB.
 */
export function addHistory(file: string, { orders, days }: HistorySize): number {
  const client = new SQLite(file)
  client.pragma('journal_mode = MEMORY')
  client.pragma('synchronous = OFF')
  const template = client.prepare("SELECT id, tracking FROM orders WHERE state = 'collected'").get() as {
    id: string
    tracking: string
  }
  const events = orders * eventsOfAnOrder
  client.exec(`
    UPDATE events SET position = position + ${events};
    UPDATE orders SET position = position + ${events};
    UPDATE pizzerias SET position = position + ${events} WHERE id = 'napoli';
    CREATE TEMP TABLE n (i INTEGER PRIMARY KEY, id TEXT, tracking TEXT, placed INTEGER);
  `)
  const everyMs = (days * 86_400_000) / orders
  client
    .prepare(
      `WITH RECURSIVE counted(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM counted WHERE i + 1 < :orders)
       INSERT INTO n SELECT i, printf('h%07d', i), printf('history%07d', i),
         CAST(:end - (:orders - i) * :everyMs AS INTEGER) FROM counted`,
    )
    .run({ orders, everyMs, end: Date.now() - endsBeforeMs })

  const at = (ms: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', (${ms}) / 1000.0, 'unixepoch')`
  const day = "date(n.placed / 1000, 'unixepoch')"
  const body = (column: string) =>
    `json_set(${column}, '$.id', n.id, '$.tracking', n.tracking, '$.number', n.i + 1, '$.day', ${day}, ` +
    `'$.placedAt', ${at('n.placed')}, '$.updatedAt', ${at('n.placed + 150000')}, ` +
    `'$.promiseAt', ${at('n.placed + 900000')})`
  copy(client, 'orders', {
    where: `id = '${template.id}'`,
    columns: {
      id: 'n.id',
      tracking: 'n.tracking',
      day,
      number: 'n.i + 1',
      promise_at: 'n.placed + 900000',
      placed_at: 'n.placed',
      queued_at: 'n.placed',
      shown_at: 'n.placed + 1000',
      updated_at: 'n.placed + 150000',
      position: `(n.i + 1) * ${eventsOfAnOrder}`,
      body: body('t.body'),
    },
  })
  copy(client, 'events', {
    where: `subject = 'order:${template.tracking}'`,
    columns: {
      id: "n.id || '-' || t.version",
      subject: "'order:' || n.tracking",
      position: `n.i * ${eventsOfAnOrder} + t.version`,
      at: 'n.placed + t.version * 30000',
      data: body('t.data'),
    },
  })
  client.close()
  return statSync(file).size / 2 ** 20
}

/** For each `n` a copy of the rows `t`, with other values in some columns. */
function copy(
  client: SQLite.Database,
  table: string,
  { where, columns }: { where: string; columns: Record<string, string> },
) {
  const names = (client.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
  const unknown = Object.keys(columns).filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new Error(`${table} has no ${unknown.join(', ')}`)
  client.exec(`CREATE TEMP TABLE t AS SELECT * FROM ${table} WHERE ${where}`)
  const values = names.map((name) => columns[name] ?? `t."${name}"`)
  client.exec(
    `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join(', ')}) SELECT ${values.join(', ')} ` +
      `FROM n CROSS JOIN t; DROP TABLE t`,
  )
}
