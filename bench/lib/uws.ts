import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { startTalker, type Talker } from './process.ts'

const version = '3.0.6'
const folder = join(import.meta.dirname, '../../.cache/uws')
const installed = join(folder, 'node_modules/uwebsockets')

/** From npm into a folder of its own: it holds builds for every system, and no other part of Comanda needs it. */
function install() {
  if (existsSync(installed)) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  spawnSync('npm', ['install', '--ignore-scripts', `uwebsockets@${version}`], { cwd: folder, stdio: 'ignore' })
}

/** A Node.js on the PATH that it has a build for; it lags behind by years. */
function findNode(): string | null {
  if (!existsSync(installed)) return null
  const builds = readdirSync(installed).filter((name) => name.startsWith(`uws_${process.platform}_${process.arch}_`))
  return (
    (process.env.PATH ?? '')
      .split(delimiter)
      .map((place) => join(place, 'node'))
      .filter(existsSync)
      .find((node) => {
        const abi = execFileSync(node, ['-p', 'process.versions.modules'], { encoding: 'utf8' }).trim()
        return builds.some((name) => name.endsWith(`_${abi}.node`))
      }) ?? null
  )
}

let found: string | null | undefined
function node(): string | null {
  if (found === undefined) {
    install()
    found = findNode()
  }
  return found
}

/** Why it cannot be measured here; null where it can. */
export const noUws = () =>
  node()
    ? null
    : `uWebSockets.js is left out: npm's uwebsockets ${version}, or a Node.js that it is built for, is missing`

export const startUws = (): Talker<{ port: number }> =>
  startTalker(new URL('../peers/uws.mjs', import.meta.url), { folder }, [], node()!)
