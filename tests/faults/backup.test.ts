import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text as whole } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { openReader } from '../support/live-reader.ts'
import { move, placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { root } from '../support/sources.ts'
import { eventually, expectConverged, openDatabase } from '../support/watching.ts'

const left: (() => unknown)[] = []
afterEach(async () => {
  for (const tidy of left.splice(0).reverse()) await tidy()
})

function folderOfOurs() {
  const folder = mkdtempSync(join(tmpdir(), 'comanda-backup-'))
  left.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
async function serve(databaseFile = join(folderOfOurs(), 'comanda.db')): Promise<TestServer> {
  const server = await startServer({ databaseFile, env: { COMANDA_LOG: 'error' } })
  left.push(() => server.stop())
  return server
}
const start = (script: 'backup' | 'restore', databaseFile: string, ...parameters: string[]) =>
  spawn(process.execPath, [join(root, `scripts/${script}.ts`), ...parameters], {
    env: { ...process.env, DATABASE_URL: `file:${databaseFile}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
/** Not one that blocks this process: it would be left with connections that the server has closed meanwhile. */
async function run(script: 'backup' | 'restore', databaseFile: string, ...parameters: string[]) {
  const child = start(script, databaseFile, ...parameters)
  const said = Promise.all([child.stdout, child.stderr].map((stream) => whole(stream)))
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, said: (await said).join('') }
}
const epochOf = (databaseFile: string) => {
  const database = openDatabase(databaseFile)
  const [row] = database.all<{ epoch: string }>('select epoch from log')
  database.close()
  return row!.epoch
}
const sound = (databaseFile: string) => {
  const database = openDatabase(databaseFile)
  const [row] = database.all<{ quick_check: string }>('pragma quick_check')
  database.close()
  return row!.quick_check
}

describe('backup and restore', () => {
  it('[OPS-7] a backup under load is complete, with secrets and erasures, and readable by its owner only', async () => {
    const server = await serve()
    const manager = await signIn(server)
    const { tracking, order } = await placeOrder(server)
    await request(server, 'POST', `/api/tracking/${tracking}/cancel`, {})
    await request(server, 'POST', '/api/pizzerias/napoli/people/erasures', { cookie: manager, body: { tracking } })
    let placed = 0
    let over = false
    const load = (async () => {
      for (; !over; placed++) await placeOrder(server, {}, { cookie: manager })
    })()
    const into = join(folderOfOurs(), 'mine')
    const before = placed
    const backup = start('backup', server.databaseFile, into)
    const [code] = (await once(backup, 'exit')) as [number]
    over = true
    await load
    expect([code, placed > before]).toEqual([0, true])
    const copy = join(into, 'comanda.db')
    expect(sound(copy)).toBe('ok')
    expect(readdirSync(into).sort()).toEqual(['comanda.db', 'comanda.db.erasures.jsonl', 'comanda.db.secrets.json'])
    for (const name of readdirSync(into)) expect(statSync(join(into, name)).mode & 0o077).toBe(0)
    const database = openDatabase(copy)
    expect(database.all('select id from orders where id = ?', order.id)).toHaveLength(1)
    const [row] = database.all<{ holes: number }>('select max(position) - count(*) as holes from events')
    expect(row).toEqual({ holes: 0 })
    database.close()
    expect(await run('backup', server.databaseFile, into)).toMatchObject({ status: 1 })
  })

  it('[OPS-8] refuse while a server runs, and refuse what is not a backup', async () => {
    const server = await serve()
    const into = join(folderOfOurs(), 'mine')
    expect(await run('backup', server.databaseFile, into)).toMatchObject({ status: 0 })
    const refused = await run('restore', server.databaseFile, into)
    expect(refused.status).toBe(1)
    expect(refused.said).toMatch(/^Nothing was restored: A server runs on .*Stop it/)
    await placeOrder(server)
    await server.kill('SIGTERM')
    const epoch = epochOf(server.databaseFile)
    const nonsense = join(folderOfOurs(), 'nonsense')
    writeFileSync(nonsense, 'not a database, but long enough to be taken for one')
    const cut = join(folderOfOurs(), 'cut.db')
    cpSync(join(into, 'comanda.db'), cut)
    truncateSync(cut, 40_960)
    for (const from of [nonsense, cut, join(into, 'nothing')]) {
      const { status, said } = await run('restore', server.databaseFile, from)
      expect([status, said.split('\n').filter(Boolean).length]).toEqual([1, 1])
    }
    expect(epochOf(server.databaseFile)).toBe(epoch)
  })

  it('[OPS-8] replace everything: readers take a snapshot, numbers continue, ends and erasures stay', async () => {
    const server = await serve()
    const manager = await signIn(server)
    const goes = await signIn(server)
    const kept = await placeOrder(server, { customer: { name: 'Slartibartfast', phone: '+33600000001' } })
    await move(server, manager, kept.order, 'ready').then(({ body }) =>
      move(server, manager, body.order, 'collected', { confirmUnpaid: true }),
    )
    const reader = openReader(server, 'counter:napoli', { cookie: manager })
    await expectConverged(server, [reader], { cookie: manager })
    const into = join(folderOfOurs(), 'mine')
    expect(await run('backup', server.databaseFile, into)).toMatchObject({ status: 0 })

    const lost = [await placeOrder(server), await placeOrder(server)]
    await request(server, 'POST', '/api/staff/sign-out', { cookie: goes })
    await request(server, 'POST', '/api/pizzerias/napoli/people/erasures', {
      cookie: manager,
      body: { phone: '0600000001' },
    })
    // Killed, so that the newest changes are only in the WAL, as after a crash.
    await server.kill('SIGKILL')
    const epoch = epochOf(server.databaseFile)
    // A service has a user of its own, and its restore is run by root.
    const folder = dirname(server.databaseFile)
    if (process.getuid?.() === 0) chownSync(folder, 12_345, 12_345)
    expect(await run('restore', server.databaseFile, into)).toMatchObject({ status: 0 })
    const owners = readdirSync(folder).map((name) => statSync(join(folder, name)).uid)
    expect(new Set(owners)).toEqual(new Set([statSync(folder).uid]))
    expect(epochOf(server.databaseFile)).not.toBe(epoch)
    expect(existsSync(`${server.databaseFile}.before-restore.bak`)).toBe(true)
    await server.restart()

    const { order } = await placeOrder(server)
    expect(order.number).toBe(lost[1]!.order.number + 1)
    await expectConverged(server, [reader], { cookie: manager })
    expect(reader.orders.has(lost[0]!.order.id)).toBe(false)
    expect((await snapshot(server, 'counter:napoli', goes)).status).toBe(401)
    expect((await snapshot(server, `order:${kept.tracking}`)).body.state.order).toMatchObject({ name: '' })
    reader.close()
    const database = openDatabase(server.databaseFile)
    expect(database.all("select id from orders where body like '%Slartibartfast%'")).toEqual([])
    expect(database.all("select position from events where data like '%Slartibartfast%'")).toEqual([])
    database.close()
  })

  it('[OPS-8] replace a database that cannot be read, and skip numbers that may have been given', async () => {
    const server = await serve()
    const { order } = await placeOrder(server)
    const into = join(folderOfOurs(), 'mine')
    await run('backup', server.databaseFile, into)
    await server.kill('SIGKILL')
    writeFileSync(server.databaseFile, 'no database any more, for whatever reason')
    expect(await run('restore', server.databaseFile, into)).toMatchObject({ status: 0 })
    expect(existsSync(`${server.databaseFile}.damaged`)).toBe(true)
    await server.restart()
    expect((await placeOrder(server)).order.number).toBe(order.number + 101)
  })

  it('[OPS-7] [OPS-8] killed in the middle, again and again: the old one or the new one, never a half', async () => {
    const server = await serve()
    const base = join(folderOfOurs(), 'mine')
    await run('backup', server.databaseFile, base)
    const database = openDatabase(server.databaseFile)
    // Large enough that a copy takes some time.
    database.run('create table ballast (data)')
    for (let index = 0; index < 30; index++) database.run('insert into ballast values (randomblob(1000000))')
    database.close()
    await placeOrder(server)
    await server.kill('SIGKILL')
    const outcomes = new Set<string>()
    for (let delay = 120; delay <= 520; delay += 40) {
      const into = join(folderOfOurs(), `b${delay}`)
      const backup = start('backup', server.databaseFile, into)
      setTimeout(() => backup.kill('SIGKILL'), delay)
      await once(backup, 'exit')
      if (existsSync(into)) expect(sound(join(into, 'comanda.db'))).toBe('ok')

      const before = epochOf(server.databaseFile)
      const restore = start('restore', server.databaseFile, base)
      setTimeout(() => restore.kill('SIGKILL'), delay)
      await once(restore, 'exit')
      expect(sound(server.databaseFile)).toBe('ok')
      const restored = epochOf(server.databaseFile) !== before
      outcomes.add(restored ? 'new' : 'old')
      const now = openDatabase(server.databaseFile)
      const ballast = now.all("select name from sqlite_master where name = 'ballast'").length
      expect(ballast).toBe(outcomes.has('new') ? 0 : 1)
      now.close()
    }
    expect(outcomes).toContain('old')
    await server.restart()
    expect((await placeOrder(server)).order.number).toBe(2)
  }, 120_000)
})

describe('a database file', () => {
  const dies = async (databaseFile: string) =>
    await startServer({ databaseFile, env: { COMANDA_LOG: 'error' } }).then(
      async (server) => {
        await server.stop()
        return 'it started'
      },
      (error: Error) => error.message,
    )

  it('[OPS-5] that is not a database, or is cut short, ends the start with one sentence and code 1', async () => {
    const server = await serve()
    await placeOrder(server)
    await server.kill('SIGTERM')
    const { size } = statSync(server.databaseFile)
    for (const [bytes, sentence] of [
      [size - 4096, /is damaged or cut short .*npm run restore/],
      [8192, /is damaged or cut short .*npm run restore/],
      [100, /is damaged or cut short .*npm run restore/],
    ] as const) {
      const file = join(folderOfOurs(), 'cut.db')
      cpSync(server.databaseFile, file)
      truncateSync(file, bytes)
      const said = await dies(file)
      expect(said).toMatch(/ended \(1\)/)
      expect(said).toMatch(sentence)
      expect(said).not.toMatch(/\n\s+at /)
    }
    const text = join(folderOfOurs(), 'text.db')
    writeFileSync(text, 'Dear diary, today I was taken for a database.')
    expect(await dies(text)).toMatch(/Comanda cannot start: .* is not a database of Comanda/)
  })

  it('[OPS-5] that is damaged in the middle is found beside the server, which is then no longer ready', async () => {
    const server = await serve()
    for (let index = 0; index < 20; index++) await placeOrder(server)
    await server.kill('SIGTERM')
    const database = openDatabase(server.databaseFile)
    const [page] = database.all<{ rootpage: number }>(
      "select rootpage from sqlite_master where name = 'events_subject'",
    )
    database.close()
    const handle = await import('node:fs/promises').then((fs) => fs.open(server.databaseFile, 'r+'))
    await handle.write(Buffer.alloc(2000, 0x5a), 0, 2000, (page!.rootpage - 1) * 4096)
    await handle.close()
    await server.restart()
    await eventually(async () => {
      const { status, body } = await request(server, 'GET', '/readyz')
      expect([status, body.reason]).toEqual([503, 'damaged'])
    }, 20_000)
    expect((await request(server, 'GET', '/healthz')).status).toBe(200)
  })

  it('[OPS-6] that cannot be written makes the server not ready, until it can be written again', async () => {
    const server = await serve()
    const other = openDatabase(server.databaseFile)
    other.lock()
    await eventually(async () => {
      const { status, body } = await request(server, 'GET', '/readyz')
      expect([status, body.reason]).toEqual([503, 'busy'])
    }, 20_000)
    other.unlock()
    other.close()
    await eventually(async () => expect((await request(server, 'GET', '/readyz')).status).toBe(200))
  })
})
