import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { placeOrder } from '../support/orders.ts'
import { noPostgres, startCluster, type Cluster } from '../support/postgres.ts'
import { getRaw } from '../support/raw.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { eventually } from '../support/watching.ts'

if (noPostgres) console.warn(noPostgres)

describe.skipIf(noPostgres)('a node whose PostgreSQL has died', () => {
  let cluster: Cluster
  let node: TestServer
  beforeAll(async () => {
    cluster = await startCluster()
    node = await startServer({ env: { DATABASE_URL: await cluster.createDatabase(), COMANDA_LOG: 'silent' } })
  }, 120_000)
  afterAll(async () => {
    await node?.stop()
    await cluster?.dispose()
  })
  const get = (path: string) => getRaw(`${node.url}${path}`, { accept: 'text/html' })

  it('[OPS-6] [WEB-5] lives, is not ready, and its pages say that they come back; then they do', async () => {
    const { tracking } = await placeOrder(node)
    expect((await get('/napoli')).status).toBe(200)
    await cluster.kill('SIGQUIT')
    const lives = await get('/healthz')
    expect([lives.status, lives.text]).toEqual([200, JSON.stringify({ ok: true })])
    // It tries the database once a second.
    await eventually(async () => {
      const { status, text } = await get('/readyz')
      expect([status, JSON.parse(text).ready]).toEqual([503, false])
    })
    for (const path of ['/napoli', '/napoli?table=7', `/napoli/orders/${tracking}`]) {
      const { status, text } = await get(path)
      expect([path, status]).toEqual([path, 503])
      expect(text).toContain('<h1')
    }
    await cluster.start()
    await eventually(async () => {
      expect((await get('/readyz')).status).toBe(200)
      expect((await get('/napoli')).status).toBe(200)
    })
  })
})
