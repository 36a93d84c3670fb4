import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reader } from '../support/live-reader.ts'
import { openScreens, startChain, type Chain } from '../support/nodes.ts'
import { placeOrder, signIn } from '../support/orders.ts'
import { noPostgres } from '../support/postgres.ts'
import { noHaproxy } from '../support/proxies.ts'
import { noRedis } from '../support/redis.ts'
import { eventually, expectConverged } from '../support/watching.ts'

const missing = noPostgres ?? noRedis ?? noHaproxy
if (missing) console.warn(missing)

describe.skipIf(missing)('a failover to a standby that lost acknowledged orders', { timeout: 90_000 }, () => {
  let chain: Chain
  let cookie: string
  let screens: Reader[]
  beforeAll(async () => {
    chain = await startChain()
    cookie = await signIn(chain)
    screens = await openScreens(chain, cookie, [
      { stream: 'kitchen:napoli' },
      { stream: 'counter:napoli', only: ['sse'] },
    ])
  }, 120_000)
  afterAll(async () => {
    for (const screen of screens ?? []) screen.close()
    await chain?.stop()
  }, 60_000)

  it('[LOG-9] every screen takes one snapshot, and no event of the life before', async () => {
    await placeOrder(chain, {}, { cookie })
    await expectConverged(chain, screens, { cookie })
    const standby = await chain.cluster.standby()
    try {
      const before = screens.map(({ resets }) => resets)
      const { epoch } = screens[0]!.at()
      // Told and acknowledged; the standby follows no longer.
      await standby.ask("ALTER SYSTEM SET primary_conninfo = ''")
      await standby.ask('SELECT pg_reload_conf()')
      const { order: lost } = await placeOrder(chain, {}, { cookie })
      await eventually(() => expect(screens.every(({ orders }) => orders.has(lost.id))).toBe(true))
      await chain.cluster.kill('SIGQUIT')
      chain.aim(standby)
      await standby.promote()
      chain.line.cut()
      const { order } = await eventually(() => placeOrder(chain, {}, { cookie }), 30_000)
      await eventually(() => {
        for (const screen of screens) expect(screen.at().epoch).not.toBe(epoch)
      }, 30_000)
      await expectConverged(chain, screens, { cookie, ms: 30_000 })
      for (const { orders } of screens) {
        expect(orders.has(order.id)).toBe(true)
        expect(orders.has(lost.id)).toBe(false)
      }
      expect(screens.map(({ resets }) => resets)).toEqual(before.map((resets) => resets + 1))
    } finally {
      await standby.dispose()
    }
  })
})
