import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkLog } from '../support/checker.ts'
import { openReader } from '../support/live-reader.ts'
import type { Attempt } from '../support/load.ts'
import { move, orderBody, postOrder, quote, signIn, snapshot } from '../support/orders.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { openSocket } from '../support/socket.ts'
import { eventually, expectConverged } from '../support/watching.ts'

/** A disk of 6 MB: a file system in memory, which only root may mount. */
const disk = mkdtempSync(join(tmpdir(), 'comanda-disk-'))
const mounted = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk]).status === 0
const filler = join(disk, 'filler')

let server: TestServer
beforeAll(async () => {
  if (mounted) server = await startServer({ databaseFile: join(disk, 'comanda.db') })
})
afterAll(async () => {
  if (mounted) {
    await server.stop()
    spawnSync('/bin/umount', [disk])
  }
  rmSync(disk, { recursive: true, force: true })
})

/** Fills it to the last byte. */
function fill() {
  writeFileSync(filler, '')
  for (let size = 64 * 1024; size >= 1; size /= 2) {
    try {
      for (;;) appendFileSync(filler, Buffer.alloc(size))
    } catch {
      /* This much no longer fits. */
    }
  }
  expect(statfsSync(disk).bavail).toBe(0)
}

it.skipIf(!mounted)(
  '[LOG-8] a full disk: orders are refused, nothing is half written, the kitchen stays live, and ' +
    'free space alone repairs it',
  async () => {
    const cookie = await signIn(server)
    const body = { ...orderBody(), total: (await quote(server, orderBody())).total }
    const kitchen = openReader(server, 'kitchen:napoli', { cookie, device: 'full-disk-screen' })
    const attempts: Attempt[] = []
    async function order() {
      const attempt: Attempt = { key: `full-disk-${attempts.length}`, tries: 1, acked: null }
      attempts.push(attempt)
      const answer = await postOrder(server, body, { key: attempt.key })
      if (answer.status === 201) attempt.acked = answer.body.order.id
      return answer
    }
    const {
      body: { order: first },
    } = await order()
    await expectConverged(server, [kitchen], { cookie })
    const statuses = kitchen.statuses.length

    fill()
    // The log may still have free pages of its own to write into; then it needs more.
    const refused = await eventually(async () => {
      const answer = await order()
      expect(answer.status).toBe(503)
      return answer
    }, 30_000)
    expect(refused.body.error).toMatchObject({ code: 'server.full', retryable: true })
    expect(refused.headers.get('retry-after')).toMatch(/^[1-9]/)
    const burst = await Promise.all(Array.from({ length: 20 }, order))
    expect(burst.map(({ status, body }) => [status, body.error?.code])).toEqual(
      Array.from({ length: 20 }, () => [503, 'server.full']),
    )
    const moved = await move(server, cookie, first, 'making')
    expect([moved.status, (moved.body as unknown as { error: { code: string } }).error.code]).toEqual([
      503,
      'server.full',
    ])

    // Everything can still be read, and a screen that connects now is served.
    const socket = await openSocket(server, { cookie })
    socket.hello([{ stream: 'kitchen:napoli' }], 'late-screen-1')
    await socket.next('joined')
    socket.send({ kind: 'report', audio: 'armed' })
    socket.send({ kind: 'ping', n: 1 })
    await socket.next('pong')
    await socket.next('heartbeat', () => true, 13_000)
    await expectConverged(server, [kitchen], { cookie })
    expect(kitchen.statuses.slice(statuses)).toEqual([])
    expect(checkLog(server.databaseFile, attempts)).toEqual([])

    unlinkSync(filler)
    await eventually(async () => expect((await order()).status).toBe(201))
    for (const attempt of attempts) {
      const answer = await postOrder(server, body, { key: attempt.key })
      expect(answer.status).toBe(201)
      attempt.acked ??= answer.body.order.id as string
      expect(answer.body.order.id).toBe(attempt.acked)
    }
    expect((await move(server, cookie, first, 'making')).status).toBe(200)
    await eventually(async () => {
      const { state } = (await snapshot(server, 'counter:napoli', cookie)).body
      expect(state.screens.find((screen: { id: string }) => screen.id === 'late-screen-1')).toMatchObject({
        connected: true,
        report: { audio: 'armed' },
      })
    })
    await expectConverged(server, [kitchen], { cookie })
    expect(kitchen.statuses.slice(statuses)).toEqual([])
    expect(socket.ws.readyState).toBe(socket.ws.OPEN)
    expect(checkLog(server.databaseFile, attempts)).toEqual([])
    kitchen.close()
    socket.close()
  },
)
