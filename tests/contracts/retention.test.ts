import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedDemo } from '../../db/demo/seed.ts'
import { migrationsIn } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { readConfig } from '../../server/config.ts'
import { createCommit } from '../../server/ground/commit.ts'
import { inPieces } from '../../server/ground/pieces.ts'
import { forgetOld } from '../../server/system/retention.ts'
import { newEvent, pizzeria } from './store-suite.ts'
import { trustedClock } from '../support/trusted.ts'
import { createTrustedClock } from '../../server/ground/trusted-clock.ts'

const migrations = migrationsIn(new URL('../../db/migrations/sqlite/', import.meta.url))
const day = 86_400_000
const now = 100 * day

let folder: string
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'comanda-retention-'))
  store = await openSqlite({ file: join(folder, 'comanda.db'), migrations })
  await store.write(null, (tx) => seedDemo(tx, 'hash'))
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const ground = () => ({
  store,
  commit: createCommit(store, () => {}),
  hub: { forgetEvents: () => {} },
  config: readConfig({ DATABASE_URL: `file:${join(folder, 'comanda.db')}` }),
  clock: () => now,
  trusted: trustedClock(() => now),
  uptime: () => performance.now(),
  life: { phase: 'serving' as 'serving' | 'draining' },
})
const write = (count: number, at: number) =>
  store.write(pizzeria, async (tx) => {
    for (let index = 0; index < count; index++) await tx.append(newEvent({ at }))
  })
const kept = async () => (await store.read((tx) => tx.eventsAfter(pizzeria, 0, 10_000))).length

describe('what nobody can ask for any more', () => {
  it('[LOG-6] [OPS-4] is deleted in pieces, and other work runs between them', async () => {
    await write(2_000, now - 31 * day)
    await write(3, now - 29 * day)
    let turns = 0
    let commits = 0
    let over = false
    const turn = () => {
      turns += 1
      if (!over) setImmediate(turn)
    }
    const counted: Store = { ...store, write: (whose, work) => store.write(whose, work).finally(() => (commits += 1)) }
    setImmediate(turn)
    await forgetOld({ ...ground(), store: counted })
    over = true
    expect(await kept()).toBe(3)
    expect(commits).toBeGreaterThanOrEqual(20)
    expect(turns, 'turns of the event loop').toBeGreaterThanOrEqual(commits)
  })

  it('[OPS-4] delays a writer that comes in between by one piece at most', async () => {
    await write(2_000, now - 31 * day)
    const forgetting = forgetOld(ground())
    while ((await kept()) === 2_000) await new Promise((resolve) => setImmediate(resolve))
    const before = await kept()
    await store.write(pizzeria, (tx) => tx.append(newEvent({ at: now })))
    expect(await kept(), 'all that went meanwhile').toBeGreaterThanOrEqual(before + 1 - 200)
    await forgetting
    expect(await kept()).toBe(1)
  })

  it('[CLK-3] after a jump of the clock nothing goes until staff have confirmed the date', async () => {
    await write(300, now - 3 * day)
    const machine = { wall: now, up: 0, boot: 'a' }
    const trusted = createTrustedClock(() => machine)
    machine.wall = now + 400 * day
    const wrong = { ...ground(), clock: () => machine.wall, trusted }
    await forgetOld(wrong)
    expect(await kept()).toBe(300)
    trusted.confirm()
    await forgetOld(wrong)
    expect(await kept()).toBe(0)
  })

  it('[SRV-6] is no longer deleted once the server drains', async () => {
    const mine = ground()
    let drops = 0
    await inPieces(mine, 100, async (rows) => {
      drops += 1
      if (drops === 3) mine.life.phase = 'draining'
      return rows
    })
    expect(drops).toBe(3)
  })
})
