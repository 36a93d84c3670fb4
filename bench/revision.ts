import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const git = (...parameters: string[]) => execFileSync('git', parameters, { cwd: root, encoding: 'utf8' }).trim()

export interface Revision {
  commit: string
  /** The path of its `server/index.mjs`. */
  entry: string
}

/**
 * The production build of a commit: made once in a working tree of its own, and kept in `.cache/builds`. Throws when
 * there is no such commit or it does not build.
 */
export function buildRevision(name: string): Revision {
  const commit = git('rev-parse', '--verify', '--quiet', `${name}^{commit}`).slice(0, 12)
  const output = join(root, '.cache/builds', commit)
  const entry = join(output, 'server/index.mjs')
  if (existsSync(entry)) return { commit, entry }
  console.log(`Building ${name} (${commit}), a minute or two …`)
  const tree = `${output}.tree`
  discard(tree)
  mkdirSync(join(root, '.cache/builds'), { recursive: true })
  git('worktree', 'add', '--detach', '--quiet', tree, commit)
  try {
    install(tree)
    run(tree, process.execPath, [join(tree, 'node_modules/nuxt/bin/nuxt.mjs'), 'build'])
    rmSync(output, { recursive: true, force: true })
    renameSync(join(tree, '.output'), output)
  } finally {
    discard(tree)
  }
  return { commit, entry }
}

/**
 * The same lock file means the same packages: they are shared with this tree as hard links. Otherwise npm fetches them.
 */
function install(tree: string) {
  const lock = (folder: string) => readFileSync(join(folder, 'package-lock.json'), 'utf8')
  if (lock(tree) === lock(root)) {
    const packages = join(root, 'node_modules')
    if (spawnSync('cp', ['-al', packages, join(tree, 'node_modules')]).status === 0) return
    rmSync(join(tree, 'node_modules'), { recursive: true, force: true })
    return cpSync(packages, join(tree, 'node_modules'), { recursive: true, verbatimSymlinks: true })
  }
  run(tree, 'npm', ['ci', '--no-audit', '--no-fund'])
}

function run(cwd: string, command: string, parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(command, parameters, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')} failed in ${cwd}:\n${stdout}\n${stderr}`)
}

function discard(tree: string) {
  rmSync(tree, { recursive: true, force: true })
  git('worktree', 'prune')
}
