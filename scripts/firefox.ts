import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['firefox-esr', 'firefox']
const aptGet = '/usr/bin/apt-get'
const installLimitMs = 300_000

function installed(): string | null {
  const wanted = process.env.FIREFOX_PATH
  if (wanted) {
    if (existsSync(wanted)) return wanted
    throw new Error(`FIREFOX_PATH is "${wanted}", where there is no file; it wants the path of a Firefox.`)
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path)) ?? null
}

/**
 * The path of a Firefox, which root gets from Debian if need be, or null where there is none to be had: tests are
 * skipped there, but never when CI is set.
 */
export function findFirefox(): string | null {
  const found = installed()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync(aptGet)) {
    const get = (...parameters: string[]) =>
      spawnSync(aptGet, parameters, { stdio: 'inherit', timeout: installLimitMs }).status === 0
    console.log("firefox: none here; installing Debian's firefox-esr")
    if (get('update')) get('install', '-y', '--no-install-recommends', 'firefox-esr')
  }
  const path = installed()
  if (!path && process.env.CI) throw new Error('No Firefox was found and none could be installed: set FIREFOX_PATH.')
  if (!path) console.log('firefox: none was found and none could be installed, so its tests are skipped')
  return path
}
