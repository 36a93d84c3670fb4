import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { findBrowser } from '../../scripts/browser.ts'

const cli = join(dirname(createRequire(import.meta.url).resolve('lighthouse/package.json')), 'cli/index.js')
const limitMs = 180_000

/** Scores are 0 to 100; FCP, LCP and TBT in ms; kB on the wire. */
export interface Audit {
  performance: number
  accessibility: number
  'best-practices': number
  seo: number
  fcp: number
  lcp: number
  tbt: number
  cls: number
  kB: number
  /** What keeps accessibility, best practices and SEO from 100. */
  failed: string[]
}
export const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const

interface LighthouseReport {
  categories: Record<(typeof categories)[number], { score: number; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, { score: number | null; numericValue?: number }>
  runtimeError?: { message: string }
}

/** One run of Lighthouse as it is for phones: mobile, simulated slow 4G, in a browser of its own. */
export async function audit(url: string): Promise<Audit> {
  const { executablePath, args } = findBrowser()
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cli, url, '--quiet', '--output=json', `--chrome-flags=${['--headless=new', ...args].join(' ')}`],
    { env: { ...process.env, CHROME_PATH: executablePath }, maxBuffer: 2 ** 28, timeout: limitMs },
  )
  const report = JSON.parse(stdout) as LighthouseReport
  if (report.runtimeError) throw new Error(`Lighthouse on ${url}: ${report.runtimeError.message}`)
  const number = (id: string) => report.audits[id]?.numericValue ?? Number.NaN
  const score = (name: (typeof categories)[number]) => Math.round(report.categories[name].score * 100)
  const failed = categories
    .slice(1)
    .flatMap((name) => report.categories[name].auditRefs)
    .filter(({ id, weight }) => weight > 0 && report.audits[id]!.score !== null && report.audits[id]!.score! < 1)
    .map(({ id }) => id)
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    'best-practices': score('best-practices'),
    seo: score('seo'),
    fcp: number('first-contentful-paint'),
    lcp: number('largest-contentful-paint'),
    tbt: number('total-blocking-time'),
    cls: number('cumulative-layout-shift'),
    kB: number('total-byte-weight') / 1000,
    failed: [...new Set(failed)],
  }
}
