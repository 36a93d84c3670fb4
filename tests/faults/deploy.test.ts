import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReader, type Reader } from '../support/live-reader.ts'
import { startLoad, type Load } from '../support/load.ts'
import { startChain, type Chain } from '../support/nodes.ts'
import { codeOf, orderBody, placeOrder, postOrder, request, signIn } from '../support/orders.ts'
import { noPostgres } from '../support/postgres.ts'
import { noProxy, proxyNames, startProxy, type Proxy } from '../support/proxies.ts'
import { noRedis } from '../support/redis.ts'
import { buildOf, makeSecondBuild, type SecondBuild } from '../support/second-build.ts'
import { randomFrom, seed } from '../support/seed.ts'
import { eventually, expectConverged } from '../support/watching.ts'

const missing = noPostgres ?? noRedis ?? proxyNames.map(noProxy).find((why) => why !== null)
if (missing) console.warn(missing)

/** As a browser asks: once more, when a connection that was kept has been closed meanwhile. */
const get = (address: string) => fetch(address).catch(() => fetch(address))

/** A page as a browser opens it: what it refers to is asked for at once. */
async function openPage(url: string): Promise<string[]> {
  // Where no node can be had for a moment, the answer tells the browser to ask again.
  const page = await eventually(async () => {
    const answer = await get(`${url}/napoli/kitchen`)
    expect(answer.status).not.toBe(503)
    return answer
  })
  const files = [...new Set((await page.text()).match(/\/_nuxt\/[\w.-]+\.(?:js|css)/g) ?? [])]
  const answers = await Promise.all(
    files.map(async (file) => {
      const answer = await get(`${url}${file}`)
      await answer.arrayBuffer()
      return answer.status === 200 ? [] : [`${file} ${answer.status}`]
    }),
  )
  return [...(page.ok ? [] : [`page ${page.status}`]), ...(files.length < 10 ? ['no scripts'] : []), ...answers.flat()]
}

describe.skipIf(missing)(`a rolling deploy of another build (COMANDA_SEED=${seed})`, { timeout: 120_000 }, () => {
  let chain: Chain
  let first: string
  let second: SecondBuild
  let proxies: Proxy[]
  let cookie: string
  let screens: Reader[]
  let load: Load
  beforeAll(async () => {
    chain = await startChain()
    ;[proxies, first, cookie] = await Promise.all([
      Promise.all(proxyNames.map((name) => startProxy(name, chain.nodes))),
      buildOf(chain),
      signIn(chain),
    ])
    second = makeSecondBuild(first)
    // Through each proxy a socket and server-sent events.
    screens = proxies.flatMap((proxy, nth) => [
      openReader(proxy, 'kitchen:napoli', { cookie, device: `screen-${nth}`, build: first, only: ['websocket'] }),
      openReader(proxy, 'counter:napoli', { cookie, build: first, only: ['sse'] }),
    ])
    await eventually(() => expect(screens.every((screen) => screen.isLive())).toBe(true), 60_000)
    load = await startLoad(chain, { workers: 3, cookie, random: randomFrom(seed) })
  }, 120_000)
  afterAll(async () => {
    for (const screen of screens ?? []) screen.close()
    await load?.stop()
    await Promise.all((proxies ?? []).map((proxy) => proxy.stop()))
    await chain?.stop()
    second?.remove()
  }, 60_000)

  it(
    '[SRV-6] [CLI-8] [OPS-1] both builds side by side under load: no order is lost or shown twice, no screen takes ' +
      'a snapshot or an older build, and every page finds its files',
    async () => {
      const resets = screens.map((screen) => screen.resets)
      const wrong: string[] = []
      let pages = 0
      let over = false
      const visitors = Promise.all(
        proxies.map(async ({ url }, nth) => {
          while (!over) {
            wrong.push(...(await openPage(url)).map((what) => `${proxyNames[nth]}: ${what}`))
            pages += 1
          }
        }),
      )
      /** Orders and pages go on, on the nodes as they are. */
      async function goOn() {
        const [acked, seen] = [load.acked(), pages]
        await eventually(() => expect(load.acked()).toBeGreaterThan(acked + 10), 30_000)
        await eventually(() => expect(pages).toBeGreaterThan(seen + 6), 30_000)
      }
      await goOn()
      for (const node of chain.nodes) {
        expect(await node.kill('SIGTERM'), node.logs().slice(-2000)).toBe(0)
        await node.restart({}, undefined, second.entry)
        await goOn()
      }
      over = true
      await Promise.all([visitors, load.stop()])

      expect(await Promise.all(chain.nodes.map(buildOf))).toEqual([second.name, second.name, second.name])
      expect([...new Set(wrong)].slice(0, 5)).toEqual([])
      await expectConverged(chain, screens, { cookie, ms: 20_000 })
      // Told of the newer build once, and of the older one never again.
      for (const { builds } of screens) expect(builds).toEqual([second.name])
      // The log is enough: nobody begins again.
      expect(screens.map((screen) => screen.resets)).toEqual(resets)
      const acked = load.attempts.flatMap((attempt) => attempt.acked ?? [])
      expect(acked.length).toBeGreaterThan(40)
      for (const { events } of screens) {
        const placed = events.filter(({ type }) => type === 'order.placed').map(({ order }) => order)
        expect(acked.filter((id) => placed.filter((other) => other === id).length !== 1)).toEqual([])
      }
      expect(load.faults).toEqual([])
      expect(await chain.check(load.attempts)).toEqual([])
      expect((await request(chain, 'GET', '/api/pizzerias/napoli/screens', { cookie })).status).toBe(200)
    },
  )

  it('[CLI-8] a node that goes back to the build before: no screen follows it', async () => {
    const [node] = chain.nodes
    await node!.kill('SIGTERM')
    await node!.restart()
    expect(await buildOf(node!)).toBe(first)
    const direct = openReader(node!, 'kitchen:napoli', { cookie, build: second.name })
    await eventually(() => expect(direct.isLive()).toBe(true))
    await expectConverged(chain, [...screens, direct], { cookie, ms: 20_000 })
    for (const { builds } of screens) expect(builds).toEqual([second.name])
    expect(direct.builds).toEqual([])
    direct.close()
  })

  it('[CLI-3] a node freezes: pages and new screens come through each proxy, and its own screens go on', async () => {
    const { pid } = chain.nodes[1]!
    process.kill(pid, 'SIGSTOP')
    const fresh = proxies.map((proxy) => openReader(proxy, 'kitchen:napoli', { cookie }))
    try {
      await Promise.all(
        proxies.map(async ({ url }) => {
          for (let times = 0; times < 4; times++) {
            const page = await fetch(`${url}/napoli`, { signal: AbortSignal.timeout(25_000) })
            await page.text()
            if (times === 3) expect(page.status).toBe(200)
          }
        }),
      )
      const { order } = await placeOrder(proxies[0]!, {}, { cookie })
      await eventually(() => {
        for (const screen of [...screens, ...fresh]) expect(screen.orders.has(order.id), screen.stream).toBe(true)
      }, 60_000)
    } finally {
      process.kill(pid, 'SIGCONT')
      for (const screen of fresh) screen.close()
    }
  })

  it('[LOG-8] [OPS-6] PostgreSQL is away: through each proxy a page says so, and an order gets a code', async () => {
    const body = orderBody()
    await chain.cluster.kill('SIGQUIT')
    for (const proxy of proxies)
      await eventually(async () => {
        const page = await fetch(`${proxy.url}/napoli`, { headers: { accept: 'text/html' } })
        expect([proxy.url, page.status]).toEqual([proxy.url, 503])
        expect(await page.text()).toContain('<h1')
        const order = await postOrder(proxy, { ...body, total: 1 })
        expect([proxy.url, codeOf(order)]).toEqual([proxy.url, '503 server.busy'])
      }, 30_000)
    await chain.cluster.start()
    for (const proxy of proxies) await eventually(() => placeOrder(proxy, {}, { cookie }), 30_000)
  })
})
