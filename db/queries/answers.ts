import { and, eq, lt, sql } from 'drizzle-orm'
import { placeholders, type Database } from '../database.ts'
import type { AnswersTx } from '../store/answers.ts'

export function answerQueries({ db, schema: { idempotency } }: Database): AnswersTx {
  const isThatKey = and(eq(idempotency.scope, sql.placeholder('scope')), eq(idempotency.key, sql.placeholder('key')))
  const find = db
    .select({ bodyHash: idempotency.bodyHash, response: idempotency.response })
    .from(idempotency)
    .where(isThatKey)
    .prepare()
  const insert = db
    .insert(idempotency)
    .values(placeholders(idempotency, ['scope', 'key', 'bodyHash', 'response', 'at']))
    .prepare()
  const findOld = db
    .select({ scope: idempotency.scope, key: idempotency.key })
    .from(idempotency)
    .where(lt(idempotency.at, sql.placeholder('time')))
    .limit(sql.placeholder('limit'))
    .prepare()
  const drop = db.delete(idempotency).where(isThatKey).prepare()

  return {
    async answerTo(scope, key) {
      const [row] = await find.execute({ scope, key })
      return row
    },
    keepAnswer: async (answer) => {
      await insert.execute({ ...answer })
    },
    async dropAnswersBefore(time, limit) {
      const old = await findOld.execute({ time, limit })
      for (const { scope, key } of old) await drop.execute({ scope, key })
      return old.length
    },
  }
}
