import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { placeOrder } from '../tests/support/orders.ts'
import { startServer } from '../tests/support/server.ts'
import { buildAnchor, type Anchor } from './lib/anchors.ts'
import { seconds } from './lib/figures.ts'
import { audit, type Audit } from './lib/lighthouse.ts'

export const pages = ['menu', 'tracking', 'button', 'blank'] as const
export type PageName = (typeof pages)[number]
export interface LighthouseRow {
  page: PageName
  runs: Audit[]
}

/** The menu, an order's page and the two anchors, in turns, so that a disturbance of the machine affects all alike. */
export async function measureLighthouse({ rounds }: { rounds: number }): Promise<LighthouseRow[]> {
  const server = await startServer({ env: { COMANDA_LOG: 'silent' } })
  const anchors = [await startAnchor('button'), await startAnchor('blank')]
  try {
    const { tracking } = await placeOrder(server)
    const urls: Record<PageName, string> = {
      menu: `${server.url}/napoli`,
      tracking: `${server.url}/napoli/orders/${tracking}`,
      button: anchors[0]!.url,
      blank: anchors[1]!.url,
    }
    // A visitor is never the first one: what is kept in memory is packed small by then.
    for (let times = 0; times < 25; times++)
      for (const url of Object.values(urls))
        await (await fetch(url, { headers: { 'accept-encoding': 'br', 'accept-language': 'en' } })).arrayBuffer()
    // The first start of a browser reads its own files from the disk: whichever page that is, it looks slow.
    await audit(urls.blank)
    const rows = pages.map((page): LighthouseRow => ({ page, runs: [] }))
    for (let round = 1; round <= rounds; round++)
      for (const { page, runs } of rows) {
        const found = await audit(urls[page])
        runs.push(found)
        const { performance, fcp, lcp, tbt, cls, failed } = found
        console.log(
          `lighthouse, ${page}, ${round} of ${rounds}: ${performance}; FCP ${seconds(fcp)}, LCP ${seconds(lcp)}, ` +
            `TBT ${Math.round(tbt)} ms, CLS ${cls.toFixed(3)}${failed.length ? `; not met: ${failed.join(', ')}` : ''}`,
        )
      }
    return rows
  } finally {
    for (const anchor of anchors) anchor.stop()
    await server.stop()
  }
}

async function startAnchor(name: Anchor) {
  const child = spawn(process.execPath, [buildAnchor(name)], {
    env: { ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = () => child.kill('SIGKILL')
  process.once('exit', stop)
  let said = ''
  for (;;) {
    const [text] = (await once(child.stdout!, 'data')) as [Buffer]
    said += text.toString()
    const found = /Listening on (http:\/\/\S+:\d+)/.exec(said)
    if (found) return { url: found[1]!, stop }
  }
}
