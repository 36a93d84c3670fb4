import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const output = join(root, '.output/server/index.mjs')
/** Everything that a build is made from. */
const sources = [
  'app.vue',
  'app.config.ts',
  'nuxt.config.ts',
  'package-lock.json',
  'assets',
  'build',
  'components',
  'composables',
  'db',
  'i18n',
  'pages',
  'public',
  'server',
  'shared',
  'stores',
  'utils',
  'plugins',
  'layouts',
]

const changedSince = (path: string, time: number): boolean => {
  if (!existsSync(path)) return false
  const found = statSync(path)
  return found.isDirectory()
    ? readdirSync(path).some((name) => changedSince(join(path, name), time))
    : found.mtimeMs > time
}

/** Makes sure that the measured build is made from these very sources. */
export function buildIfNeeded() {
  if (existsSync(output) && !sources.some((name) => changedSince(join(root, name), statSync(output).mtimeMs))) return
  console.log('Building (about half a minute) …')
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/nuxt/bin/nuxt.mjs'), 'build'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) process.exit(status ?? 1)
}
