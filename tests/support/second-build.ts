import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ownEntry } from './server.ts'

export interface SecondBuild {
  /** Its `server/index.mjs`. */
  entry: string
  /** The name that it tells its screens. */
  name: string
  remove(): void
}

/** The name of the build that a server runs. */
export async function buildOf(server: { url: string }): Promise<string> {
  const answer = await fetch(`${server.url}/api/streams/menu:napoli`)
  return ((await answer.json()) as { build: string }).build
}

/** A script or style as Vite names it, by a hash of what is in it. */
const hashed = /[\w-]{8}\.(?:js|css)\b/g
const other = (name: string) => (name.startsWith('Z') ? 'Y' : 'Z') + name.slice(1)

/**
 * A copy of this tree's build that is newer than it, and whose pages ask for other files: every script has another
 * name, as after a change of its source. For requests only: compressed scripts still import the old names.
 */
export function makeSecondBuild(first: string): SecondBuild {
  const folder = mkdtempSync(join(tmpdir(), 'comanda-build-'))
  cpSync(join(dirname(ownEntry), '..'), folder, { recursive: true, verbatimSymlinks: true })
  const scripts = join(folder, 'public/_nuxt')
  const known = new Set(readdirSync(scripts).flatMap((file) => file.match(hashed) ?? []))
  const rename = (text: string) => text.replace(hashed, (found) => (known.has(found) ? other(found) : found))
  for (const file of readdirSync(scripts)) renameSync(join(scripts, file), join(scripts, rename(file)))
  const name = `${first}-and-newer`
  change(join(folder, 'server'), (text) => rename(text).replaceAll(JSON.stringify(first), JSON.stringify(name)))
  return { entry: join(folder, 'server/index.mjs'), name, remove: () => rmSync(folder, { recursive: true }) }
}

/** Rewrites the server's own code. */
function change(folder: string, to: (text: string) => string) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && entry.name !== 'node_modules') change(path, to)
    else if (entry.isFile() && entry.name.endsWith('.mjs')) writeFileSync(path, to(readFileSync(path, 'utf8')))
  }
}
