import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join, relative, resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { JSONReport, JSONReportSpec, JSONReportSuite } from '@playwright/test/reporter'
import type { JsonTestResults } from 'vitest/node'

export const root = join(import.meta.dirname, '..')

/** One step of a check: a command line, and where its test report will be, if it makes one. */
export interface Step {
  name: string
  command: string[]
  /** Path of a JSON report of vitest or Playwright, relative to the root. */
  report?: string
  limitMs?: number
  env?: Record<string, string>
  /** All of its tests may be skipped: what they need is not available everywhere. */
  mayRunNothing?: boolean
}

export interface Result {
  name: string
  ok: boolean
  passed: number
  failed: number
  skipped: number
  seconds: number
  note: string
  /** Each test that failed: its file, its title and what it said. */
  failures: string[]
  /** Each test that passed only when it was tried again: its file and its title. */
  flaky: string[]
}

const tools = join(root, 'node_modules/.bin')
const env = { ...process.env, PATH: `${tools}${delimiter}${process.env.PATH ?? ''}` }

/**
 * Runs one step with visible output. A step counts as one failure when it crashes, takes too long, or has a report but
 * ran no test, so that silence is never a success.
 */
export async function run(step: Step): Promise<Result> {
  console.log(`\n── ${step.name} ──`)
  if (step.report) rmSync(join(root, step.report), { force: true })
  const startedAt = performance.now()
  const { code, note } = await execute(step)
  const counts = step.report ? read(step.report) : nothing
  const ran = counts.passed + counts.failed + (step.mayRunNothing ? counts.skipped : 0)
  const silent = step.report && ran === 0
  const ok = code === 0 && counts.failed === 0 && !silent
  return {
    name: step.name,
    ok,
    ...counts,
    failed: ok ? 0 : Math.max(1, counts.failed),
    seconds: (performance.now() - startedAt) / 1000,
    note: note || (silent ? 'no test ran' : ''),
  }
}

/** A step that could not run because something it needs is missing. */
export const missing = (name: string, note: string): Result => ({
  name,
  ok: false,
  ...nothing,
  failed: 1,
  seconds: 0,
  note,
})

/** A process group of its own, so that a finished step takes its servers and browsers with it. */
function execute({ command: [file = '', ...parameters], limitMs = 420_000, env: extra }: Step) {
  return new Promise<{ code: number; note: string }>((resolve) => {
    const child = spawn(file, parameters, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
      env: { ...env, ...extra },
    })
    const end = (signal: NodeJS.Signals) => {
      try {
        process.kill(-child.pid!, signal)
      } catch {
        /* It ended by itself. */
      }
    }
    const stop = () => {
      end('SIGTERM')
      process.exit(130)
    }
    const timer = setTimeout(() => end('SIGKILL'), limitMs)
    const done = (code: number, note = '') => {
      clearTimeout(timer)
      process.off('SIGINT', stop).off('SIGTERM', stop)
      resolve({ code, note })
    }
    process.on('SIGINT', stop).on('SIGTERM', stop)
    child.on('error', (error) => done(1, error.message))
    child.on('exit', (code, signal) => {
      // A failed test may have left its server running.
      end('SIGKILL')
      done(code ?? 1, signal ? `ended by ${signal}${signal === 'SIGKILL' ? ` (limit ${limitMs / 1000} s)` : ''}` : '')
    })
  })
}

const nothing = { passed: 0, failed: 0, skipped: 0, failures: [] as string[], flaky: [] as string[] }

/** Reads what vitest or Playwright wrote. A missing or broken report counts nothing, and `run` makes that a failure. */
function read(path: string) {
  try {
    const report = JSON.parse(readFileSync(join(root, path), 'utf8'))
    return report.stats ? playwrightReport(report) : vitestReport(report)
  } catch {
    return nothing
  }
}

function vitestReport(report: JsonTestResults) {
  const failures = report.testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    // A file that could not even be loaded has a message and no tests.
    if (!failed.length && message) return [failure(name, '', message)]
    return failed.map(({ fullName, failureMessages }) => failure(name, fullName, failureMessages?.join('\n')))
  })
  // What passed at the second try keeps the message of the first one.
  const flaky = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages?.length)
      .map(({ fullName }) => failure(name, fullName)),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
    flaky,
  }
}

function playwrightReport({ config, stats, suites, errors }: JSONReport) {
  const specs = (suite: JSONReportSuite): JSONReportSpec[] => [...suite.specs, ...(suite.suites?.flatMap(specs) ?? [])]
  const all = suites.flatMap(specs)
  const named = ({ file, title }: JSONReportSpec, message?: string) =>
    failure(join(config.rootDir, file), title, message)
  const failures = all
    .filter(({ ok }) => !ok)
    .map((spec) => named(spec, spec.tests.flatMap(({ results }) => results).find(({ error }) => error)?.error?.message))
  const flaky = all.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map((spec) => named(spec))
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    failures: [...failures, ...errors.map(({ message }) => failure('', '', message))],
    flaky,
  }
}

/** The first lines say what was expected and, for a property test, its seed; the full text is further up. */
function failure(file: string, title: string, message = '') {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() && !/^\s+at .*(?:node_modules|<anonymous>)/.test(line))
  return [[relative(root, resolve(root, file)), title].filter(Boolean).join(' › '), ...lines.slice(0, 12)].join(
    '\n    ',
  )
}

/** How many tests are named below the table: it must stay within the last 40 lines, which is all that some CIs show. */
const maxNamed = 20

/**
 * What failed, the table of all steps, the names of what failed once more, then one line for machines: `N passed, N
 * failed`. Sets the exit code.
 */
export function conclude(results: Result[]) {
  const failures = results.flatMap((result) => result.failures)
  if (failures.length) console.log(`\n── failed ──\n\n${failures.join('\n\n')}`)
  console.log(`\n${['', 'step', 'passed', 'failed', 'skipped', 'seconds'].map(cell).join('')}`)
  for (const { ok, name, passed, failed, skipped, seconds, note } of results)
    console.log(
      `${[ok ? '  ok' : '  FAILED', name, passed, failed, skipped, seconds.toFixed(1)].map(cell).join('')}${note}`,
    )
  const names = [
    ...failures.map((text) => `  FAILED  ${text.trim().split('\n', 1)[0]!.slice(0, 200)}`),
    ...results.flatMap(({ flaky }) => flaky.map((name) => `  flaky   ${name}`)),
  ]
  if (names.length) console.log(`\n${names.slice(0, maxNamed).join('\n')}`)
  if (names.length > maxNamed) console.log(`  and ${names.length - maxNamed} more`)
  const sum = (key: 'passed' | 'failed') => results.reduce((total, result) => total + result[key], 0)
  process.exitCode = sum('failed') > 0 ? 1 : 0
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
}

const widths = [10, 34, 9, 9, 9, 9]
const cell = (value: string | number, column: number) =>
  typeof value === 'number' || column > 1
    ? String(value)
        .padStart(widths[column]! - 2)
        .padEnd(widths[column]!)
    : value.padEnd(widths[column]!)

const slug = (name: string) => name.replace(/\W+/g, '-')

/** A vitest run of some projects, with visible output and a report. */
export const vitest = (name: string, projects: string[], limitMs?: number): Step => ({
  name,
  command: [
    'vitest',
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=reports/${slug(name)}.json`,
  ],
  report: `reports/${slug(name)}.json`,
  limitMs,
})

/** The quick checks that are not tests. */
export const gates: Step[] = [
  { name: 'lint', command: ['eslint', '.'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'types', command: ['vue-tsc', '-b', '--noEmit'] },
  { name: 'knip', command: ['knip', '--no-progress'] },
]

export const budget: Step = { name: 'bundle budget', command: ['node', 'scripts/budget.ts'] }

export const built = () => existsSync(join(root, '.output/server/index.mjs'))
