import { readFileSync } from 'node:fs'
import { startChaosProxy } from '../support/chaos-proxy.ts'
import { request, signIn, snapshot } from '../support/orders.ts'
import { expect, test } from '../support/pages.ts'
import { openDatabase } from '../support/watching.ts'

const source = readFileSync(new URL('../../docs/clients/browser.js', import.meta.url), 'utf8')

interface Item {
  id: string
  available: boolean
}
interface Follower {
  positions: number[]
  snapshots: number
  fresh: boolean
  items: Record<string, boolean>
}

test('[CLI-2] [MSG-3] docs/clients/browser.js misses nothing over cut connections, kill -9 and a new epoch', async ({
  browser,
  server,
}) => {
  const proxy = await startChaosProxy(server)
  const cookie = await signIn(server)
  const page = await browser.newPage()
  // A page of the site without any of our scripts.
  await page.goto(`${proxy.url}/healthz`)
  await page.evaluate(async (text) => {
    const { follow } = (await import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })))) as {
      follow: (stream: string, hears: object) => void
    }
    const heard: Follower = { positions: [], snapshots: 0, fresh: false, items: {} }
    const take = (items: Item[] = []) => items.forEach(({ id, available }) => (heard.items[id] = available))
    Object.assign(window, { heard })
    follow('menu:napoli', {
      state: (state: { items: Item[] }) => {
        heard.snapshots += 1
        take(state.items)
      },
      event: (event: { position: number; data?: { items?: Item[] } }) => {
        heard.positions.push(event.position)
        take(event.data?.items)
      },
      fresh: (live: boolean) => (heard.fresh = live),
    })
  }, source)
  const heard = () => page.evaluate(() => (window as unknown as { heard: Follower }).heard)
  const soldOut = async (item: string, available: boolean) =>
    expect(
      (await request(server, 'PATCH', `/api/pizzerias/napoli/menu/items/${item}`, { body: { available }, cookie }))
        .status,
    ).toBe(200)
  const upToDate = () =>
    expect(async () => {
      const { body } = await snapshot(server, 'menu:napoli')
      const { items, fresh } = await heard()
      expect(fresh).toBe(true)
      for (const { id, available } of body.state.items as Item[]) expect([id, items[id]]).toEqual([id, available])
    }).toPass({ timeout: 30_000, intervals: [50] })

  await upToDate()
  await soldOut('margherita', false)
  await upToDate()
  for (let cut = 0; cut < 3; cut++) {
    proxy.cut()
    await soldOut('diavola', cut % 2 === 1)
    await soldOut('focaccia', cut % 2 === 1)
    await upToDate()
  }
  await server.restart()
  await soldOut('margherita', true)
  await upToDate()
  const { positions, snapshots } = await heard()
  expect(snapshots, 'the log was enough so far').toBe(1)
  expect(positions).toHaveLength(8)
  expect(positions).toEqual(positions.map((_, index) => positions[0]! + index))

  await server.kill('SIGKILL')
  const database = openDatabase(server.databaseFile)
  database.newEpoch()
  database.close()
  await server.restart()
  await soldOut('birra', false)
  await upToDate()
  expect((await heard()).snapshots, 'a new epoch').toBe(2)
  await page.close()
  await proxy.stop()
})
