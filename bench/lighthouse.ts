import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { placeOrder } from '../tests/support/orders.ts'
import { startServer } from '../tests/support/server.ts'
import { buildAnchor, type Anchor } from './lib/anchors.ts'
import { median } from './lib/figures.ts'
import { audit, categories, type Audit } from './lib/lighthouse.ts'
import { table, type Target } from './lib/page.ts'

export const pages = ['menu', 'tracking', 'button', 'blank'] as const
type PageName = (typeof pages)[number]
export interface LighthouseRow {
  page: PageName
  runs: Audit[]
}

const titles: Record<PageName, string> = {
  menu: '**the menu**',
  tracking: '**the tracking page**',
  button: 'Nuxt UI, one button',
  blank: 'Nuxt, an empty page',
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

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`
const of = (row: LighthouseRow | undefined, name: Exclude<keyof Audit, 'failed'>) =>
  row ? median(row.runs.map((run) => run[name])) : Number.NaN

export const lighthouseText = (rows: LighthouseRow[]): string[] => [
  `Lighthouse 12 for phones (simulated slow 4G, a browser of its own each time), production builds, ` +
    `median of ${rows[0]?.runs.length ?? 0} runs in turns; in brackets the lowest. The anchors are what this stack ` +
    'scores without Comanda, from the same packages.',
  table(
    ['', 'performance', 'accessibility', 'best practices', 'SEO', 'FCP', 'LCP', 'TBT', 'CLS', 'kB'],
    rows.map((row) => [
      titles[row.page],
      `${of(row, 'performance')} (${Math.min(...row.runs.map((run) => run.performance))})`,
      ...categories.slice(1).map((name) => String(of(row, name))),
      seconds(of(row, 'fcp')),
      seconds(of(row, 'lcp')),
      `${Math.round(of(row, 'tbt'))} ms`,
      of(row, 'cls').toFixed(3),
      String(Math.round(of(row, 'kB'))),
    ]),
  ),
]

export function lighthouseTargets(rows: LighthouseRow[]): Target[] {
  const row = (name: PageName) => rows.find(({ page }) => page === name)
  const [menu, tracking, button] = [row('menu'), row('tracking'), row('button')]
  if (!menu || !tracking || !button) return []
  const lowest = Math.min(...menu.runs.map((run) => run.performance))
  const score = of(menu, 'performance')
  const anchor = of(button, 'performance')
  const atMost = (
    what: string,
    name: 'fcp' | 'lcp' | 'tbt' | 'cls',
    limit: number,
    text: (value: number) => string,
  ) => ({
    what: `Lighthouse, the menu: ${what}`,
    wanted: `≤ ${text(limit)}`,
    seen: text(of(menu, name)),
    met: of(menu, name) <= limit,
  })
  const others = (['accessibility', 'best-practices', 'seo'] as const).map((name) =>
    Math.min(of(menu, name), of(tracking, name)),
  )
  return [
    {
      what: 'Lighthouse, the menu: performance, and its lowest run',
      wanted: '≥ 93, ≥ 86',
      seen: `${score}, ${lowest}`,
      met: score >= 93 && lowest >= 86,
    },
    {
      what: `the same against a Nuxt UI page with one button (${anchor})`,
      wanted: '≥ −4',
      seen: String(score - anchor),
      met: score >= anchor - 4,
    },
    atMost('first paint', 'fcp', 1300, seconds),
    atMost('largest paint', 'lcp', 2400, seconds),
    atMost('blocked time', 'tbt', 200, (ms) => `${Math.round(ms)} ms`),
    atMost('layout shift', 'cls', 0.02, (value) => value.toFixed(3)),
    {
      what: 'Lighthouse, the tracking page: performance',
      wanted: '≥ 96',
      seen: String(of(tracking, 'performance')),
      met: of(tracking, 'performance') >= 96,
    },
    {
      what: 'Lighthouse, both: accessibility, best practices, SEO',
      wanted: '100, 100, 100',
      seen: others.join(', '),
      met: others.every((value) => value === 100),
    },
  ]
}
