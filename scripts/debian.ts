import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const aptGet = '/usr/bin/apt-get'
const installLimitMs = 300_000

export interface Program {
  /** Its name in a sentence. */
  title: string
  /** Names that it may have on the PATH. */
  names: readonly string[]
  /** Debian's package. */
  package: string
  /** The environment variable that holds its path. */
  variable: string
}

function installed({ title, names, variable }: Program): string | null {
  const wanted = process.env[variable]
  if (wanted) {
    if (existsSync(wanted)) return wanted
    throw new Error(`${variable} is "${wanted}", where there is no file; it wants the path of a ${title}.`)
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path)) ?? null
}

/**
 * The path of a program that some tests need. When it is missing, root installs it from Debian. Returns null when it is
 * not available: its tests are then skipped, with a sentence. With `CI` set it throws instead, so that nothing is
 * skipped.
 */
export function findProgram(program: Program): string | null {
  const { title, package: name, variable } = program
  const found = installed(program)
  if (found) return found
  if (process.getuid?.() === 0 && existsSync(aptGet)) {
    const get = (...parameters: string[]) =>
      spawnSync(aptGet, parameters, { stdio: 'inherit', timeout: installLimitMs }).status === 0
    console.log(`${title}: not found; installing Debian's ${name}`)
    if (get('update')) get('install', '-y', '--no-install-recommends', name)
  }
  const path = installed(program)
  if (!path && process.env.CI)
    throw new Error(`No ${title} was found and none could be installed: install one, or set ${variable} to its path.`)
  if (!path) console.log(`${title}: not found and could not be installed, so its tests are skipped`)
  return path
}
