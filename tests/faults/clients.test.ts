import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { EventSource } from 'eventsource'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProgram } from '../../scripts/debian.ts'
import type { Down } from '../../shared/live/messages.ts'
import { startChaosProxy, type ChaosProxy } from '../support/chaos-proxy.ts'
import { placeOrder, request, signIn, snapshot } from '../support/orders.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { eventually, openDatabase } from '../support/watching.ts'

interface Item {
  id: string
  available: boolean
}
/** What a client of docs/clients prints. */
interface Line {
  snapshot?: number
  event?: number
  state?: { items: Item[] }
  data?: { items?: Item[] }
  refused?: string
}

const python = findProgram({
  title: 'Python 3',
  names: ['python3'],
  package: 'python3',
  variable: 'PYTHON_PATH',
})
const clients = { node: process.execPath, python }

/** A client of docs/clients as its own process. */
function run(program: string, file: string, ...parameters: string[]) {
  const child = spawn(program, [file, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: Line[] = []
  createInterface(child.stdout).on('line', (text) => lines.push(JSON.parse(text) as Line))
  // Not its exit: what it has printed may still be in the pipe then.
  const ended = once(child, 'close').then(([code]) => code as number)
  return { lines, ended, stop: () => child.kill() }
}

describe.for(Object.entries({ node: 'node.mjs', python: 'python.py' }) as ['node' | 'python', string][])(
  'docs/clients, %s',
  ([name, file]) => {
    const program = clients[name]
    const path = `docs/clients/${file}`
    let server: TestServer
    let proxy: ChaosProxy
    let cookie: string
    beforeAll(async () => {
      server = await startServer()
      proxy = await startChaosProxy(server)
      cookie = await signIn(server)
    })
    afterAll(async () => {
      await proxy.stop()
      await server.stop()
    })
    const soldOut = async (item: string, available: boolean) => {
      const answer = await request(server, 'PATCH', `/api/pizzerias/napoli/menu/items/${item}`, {
        body: { available },
        cookie,
      })
      expect(answer.status).toBe(200)
    }

    it.skipIf(!program)(
      '[CLI-2] [MSG-3] misses nothing over cut connections, kill -9 and a new epoch, and shows nothing twice',
      async () => {
        const client = run(program!, path, proxy.url, 'menu:napoli')
        const shown = () => {
          const items = new Map<string, boolean>()
          for (const { state, data } of client.lines)
            for (const { id, available } of state?.items ?? data?.items ?? []) items.set(id, available)
          return items
        }
        const upToDate = () =>
          eventually(async () => {
            const { body } = await snapshot(server, 'menu:napoli')
            for (const { id, available } of body.state.items as Item[])
              expect([id, shown().get(id)]).toEqual([id, available])
            expect(client.lines.at(-1)!.event ?? client.lines.at(-1)!.snapshot).toBe(body.position)
          }, 30_000)

        await upToDate()
        for (const item of ['margherita', 'diavola', 'birra']) await soldOut(item, false)
        await upToDate()
        for (let cut = 0; cut < 3; cut++) {
          proxy.cut()
          await soldOut('margherita', cut % 2 === 0)
          await soldOut('focaccia', cut % 2 === 1)
          await upToDate()
        }
        await server.restart()
        await soldOut('diavola', true)
        await upToDate()
        const snapshots = () => client.lines.filter((line) => line.snapshot !== undefined).length
        expect(snapshots(), 'the log was enough so far').toBe(1)
        const positions = client.lines.flatMap((line) => line.snapshot ?? line.event ?? [])
        expect(positions).toEqual(positions.map((_, index) => positions[0]! + index))

        await server.kill('SIGKILL')
        const database = openDatabase(server.databaseFile)
        database.newEpoch()
        database.close()
        await server.restart()
        await soldOut('birra', true)
        await upToDate()
        expect(snapshots(), 'a new epoch').toBe(2)
        client.stop()
      },
    )

    it.skipIf(!program)('[STR-4] [TRN-2] ends with the code of its refusal, and when its order is over', async () => {
      const refused = run(program!, path, server.url, 'kitchen:napoli')
      expect(await refused.ended).toBe(1)
      expect(refused.lines).toEqual([{ refused: 'staff.sign_in' }])
      const { tracking } = await placeOrder(server)
      const customer = run(program!, path, server.url, `order:${tracking}`)
      await eventually(() => expect(customer.lines).toHaveLength(1))
      expect((await request(server, 'POST', `/api/tracking/${tracking}/cancel`)).status).toBe(200)
      await eventually(() => expect(customer.lines).toHaveLength(2))
      await server.restart()
      expect(await customer.ended).toBe(0)
    })
  },
)

describe('a stranger’s client, the npm package eventsource', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.stop())

  it('[MSG-3] [TRN-2] [TRN-3] has events after a resync, and each once over kill -9', async () => {
    // A cursor of a database that is gone, as a program has it that was away for a while.
    const source = new EventSource(`${server.url}/api/streams/board:napoli/sse?after=another:7`)
    const heard: Down[] = []
    source.onmessage = ({ data }) => heard.push(JSON.parse(data as string) as Down)
    const events = () => heard.flatMap((one) => (one.kind === 'event' ? [one] : []))
    const hears = async () => {
      const { order } = await placeOrder(server)
      await eventually(() => expect(events().map((event) => event.order)).toContain(order.id), 20_000)
    }
    try {
      await eventually(() => expect(heard).toContainEqual(expect.objectContaining({ kind: 'resync', reason: 'epoch' })))
      await hears()
      await hears()
      const resyncs = () => heard.filter(({ kind }) => kind === 'resync').length
      expect(resyncs()).toBe(1)
      await server.kill('SIGKILL')
      await server.restart()
      // The package comes back by itself, with the last id; the address still names the old cursor.
      await hears()
      expect(resyncs()).toBe(1)
      const positions = events().map(({ position }) => position)
      expect(positions).toEqual(positions.map((_, index) => positions[0]! + index))
    } finally {
      source.close()
    }
  })

  it('[TRN-3] is told by an error, once, where it may not listen', async () => {
    const source = new EventSource(`${server.url}/api/streams/kitchen:napoli/sse`)
    const codes: (number | undefined)[] = []
    source.onerror = ({ code }) => codes.push(code)
    await eventually(() => expect(source.readyState).toBe(EventSource.CLOSED))
    expect(codes).toEqual([401])
    source.close()
  })
})
