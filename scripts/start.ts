import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

/**
 * `npm start`: builds when there is no build or a source is newer, then serves the build in this very process, so that
 * signals and exit codes are the server's own. The environment is passed through; only defaults for a first try are
 * added.
 */
const root = join(import.meta.dirname, '..')
const output = join(root, '.output/server/index.mjs')

/**
 * Folders that no build reads. A new folder counts as source until it is named here, because one build too many is
 * better than one too few.
 */
const noSources = new Set([
  'node_modules',
  'tests',
  'bench',
  'scripts',
  'docs',
  'reports',
  'test-results',
  'playwright-report',
])

/** Whether anything under `folder` changed after `time` (ms since 1970). */
function changedSince(folder: string, time: number): boolean {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    if (entry.name.startsWith('.') || noSources.has(entry.name) || entry.name.endsWith('.md')) return false
    const path = join(folder, entry.name)
    return entry.isDirectory() ? changedSince(path, time) : statSync(path).mtimeMs > time
  })
}

/** What the build prints when it starts its next part, and our name for that part in the one line of progress. */
const parts = [
  { said: /Building client/, name: 'the pages' },
  { said: /Building server/, name: 'their server' },
  { said: /Building Nuxt Nitro server/, name: 'the API' },
]

/** Builds with one line of progress; the build's own hundred lines are shown only when it fails. */
async function buildIfNeeded() {
  const why = !existsSync(output)
    ? 'there is no build yet'
    : changedSince(root, statSync(output).mtimeMs)
      ? 'the sources are newer than the build'
      : null
  if (!why) return
  process.stdout.write(`Building Comanda, because ${why} (about half a minute): `)
  const startedAt = performance.now()
  const child = spawn(process.execPath, [join(root, 'node_modules/nuxt/bin/nuxt.mjs'), 'build'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  const waiting = [...parts]
  const hear = (chunk: Buffer) => {
    log += chunk.toString()
    while (waiting[0]?.said.test(log)) process.stdout.write(`${waiting.shift()!.name} … `)
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      log += String(error)
      resolve(1)
    })
    child.once('close', (status) => resolve(status ?? 1))
  })
  if (code === 0) return console.log(`done in ${Math.round((performance.now() - startedAt) / 1000)} s.`)
  console.error(`failed.\n\n${log}`)
  process.exit(code)
}

/** Checks the port before the server does, whose own message for a port in use is a stack trace. */
function portIsFree(port: number, host?: string) {
  return new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

const port = Number(process.env.NITRO_PORT || process.env.PORT || 3000)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`PORT is "${process.env.PORT}"; it wants a number from 0 to 65535.`)
  process.exit(1)
}
if (!(await portIsFree(port, process.env.NITRO_HOST || process.env.HOST))) {
  console.error(`Port ${port} is taken: end what uses it, or choose another, as in "PORT=${port + 1} npm start".`)
  process.exit(1)
}

await buildIfNeeded()
process.env.NODE_ENV ??= 'production'
process.env.COMANDA_DEMO ??= '1'
process.env.DATABASE_URL ??= 'file:.data/comanda.db'
await import(output)
