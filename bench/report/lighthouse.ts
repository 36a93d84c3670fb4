import { median, seconds } from '../lib/figures.ts'
import { categories, type Audit } from '../lib/lighthouse.ts'
import type { LighthouseRow, PageName } from '../lighthouse.ts'
import { table, type Section, type Target } from './section.ts'

export const lighthouse: Section<LighthouseRow[]> = { title: 'Lighthouse', text, targets }

const titles: Record<PageName, string> = {
  menu: '**the menu**',
  tracking: '**the tracking page**',
  button: 'Nuxt UI, one button',
  blank: 'Nuxt, an empty page',
}

const of = (row: LighthouseRow | undefined, name: Exclude<keyof Audit, 'failed'>) =>
  row ? median(row.runs.map((run) => run[name])) : Number.NaN

function text(rows: LighthouseRow[]): string[] {
  return [
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
}

function targets(rows: LighthouseRow[]): Target[] {
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
