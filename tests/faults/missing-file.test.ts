import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../support/postgres.ts'
import { noProxy, proxyNames, startProxy } from '../support/proxies.ts'

/** Stand for three nodes: well, and without a single file. What each was asked for, in the order of the requests. */
const asked: { node: number; path: string }[] = []
const nodes = [0, 1, 2].map((node) =>
  createServer(({ url }, answer) => {
    const path = url!
    if (!path.startsWith('/_nuxt/')) return void answer.end('well')
    asked.push({ node, path })
    answer.writeHead(404).end()
  }),
)
let ports: { port: number }[]
beforeAll(async () => {
  ports = await Promise.all(
    nodes.map(async (node) => {
      const port = await freePort()
      await new Promise<void>((listening) => node.listen(port, '127.0.0.1', listening))
      return { port }
    }),
  )
})
afterAll(() => {
  for (const node of nodes) {
    node.close()
    node.closeAllConnections()
  }
})

for (const name of proxyNames)
  it.skipIf(noProxy(name))(`[SRV-6] ${name} asks every node for a file, and nobody over and over`, async () => {
    asked.length = 0
    const proxy = await startProxy(name, ports)
    const paths = Array.from({ length: 30 }, (_, nth) => `/_nuxt/${name}-${nth}.js`)
    const statuses = await Promise.all(paths.map(async (path) => (await fetch(`${proxy.url}${path}`)).status))
    await proxy.stop()
    expect(new Set(statuses)).toEqual(new Set([404]))
    for (const path of paths) {
      const tries = asked.filter((one) => one.path === path).map(({ node }) => node)
      expect(tries.toSorted(), path).toEqual(expect.arrayContaining([0, 1, 2]))
      expect(tries.length, `${path}: ${tries.join()}`).toBeLessThanOrEqual(4)
    }
  })
