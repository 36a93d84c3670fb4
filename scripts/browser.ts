import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

/** Flags for a browser under test: no sandbox (a container's root has none), no GPU, no background requests. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
]
/** Tried first: renders the same pages without browser windows, in two thirds of the time. */
const shell = 'chromium-headless-shell'
const names = [shell, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
/** The names of Debian; other systems may have only the second. */
const packages = [shell, 'chromium']
const downloadLimitMs = 120_000
const packageLimitMs = 300_000

export interface Browser {
  executablePath: string
  args: string[]
}

export interface Wanted {
  /** A browser that reads the settings of a user's profile, which the headless shell does not. */
  withProfile?: boolean
}
const isShell = (path: string) => path.includes('headless-shell') || path.includes('headless_shell')

/** A Chromium that is already installed: `CHROMIUM_PATH`, one on the PATH, or Playwright's own; otherwise null. */
function installed({ withProfile = false }: Wanted): string | null {
  const wanted = process.env.CHROMIUM_PATH
  if (wanted && !(withProfile && isShell(wanted))) {
    if (existsSync(wanted)) return wanted
    throw new Error(`CHROMIUM_PATH is "${wanted}", where there is no file; it wants the path of a Chromium.`)
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = names
    .filter((name) => !withProfile || name !== shell)
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path))
  return found ?? (existsSync(chromium.executablePath()) ? chromium.executablePath() : null)
}

/** Runs an installation step with visible output. Returns whether it worked. */
function attempt(say: string, command: string, parameters: string[], timeout: number): boolean {
  console.log(`browser: ${say}`)
  return spawnSync(command, parameters, { stdio: 'inherit', timeout }).status === 0
}

/**
 * A Chromium, installed if necessary: Playwright's download first, then (for root) Debian's package. Throws one
 * sentence when none is available.
 */
export function findBrowser(wanted: Wanted = {}): Browser {
  let executablePath = installed(wanted)
  if (!executablePath) {
    attempt(
      "no Chromium here; trying Playwright's download (at most 2 minutes)",
      process.execPath,
      [cli(), 'install', 'chromium'],
      downloadLimitMs,
    )
    executablePath = installed(wanted)
  }
  if (!executablePath && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    if (attempt('the download failed; asking apt-get', 'apt-get', ['update'], packageLimitMs))
      packages
        .filter((name) => !wanted.withProfile || name !== shell)
        .some((name) =>
          attempt(
            `installing Debian's ${name}`,
            'apt-get',
            ['install', '-y', '--no-install-recommends', name],
            packageLimitMs,
          ),
        )
    executablePath = installed(wanted)
  }
  if (!executablePath)
    throw new Error('No Chromium was found and none could be installed: install one, or set CHROMIUM_PATH to it.')
  return { executablePath, args }
}

const cli = () => join(import.meta.dirname, '../node_modules/@playwright/test/cli.js')

if (import.meta.main) {
  const { executablePath } = findBrowser()
  console.log(`browser: ${executablePath}, ${execFileSync(executablePath, ['--version'], { encoding: 'utf8' }).trim()}`)
}
