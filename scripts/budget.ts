import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

/**
 * What every visitor downloads before a page can respond: the entry's scripts with everything they import, and its
 * styles, each gzipped. A phone on slow 4G (1.6 Mbit/s) takes a second for 200 kB. Raise a limit only with its reason.
 */
const limits = { js: 200_000, css: 40_000 }

const root = join(import.meta.dirname, '..')
const [manifest] = globSync('.output/server/chunks/**/*precomputed*.mjs', { cwd: root })
if (!manifest) {
  console.error('There is no build to measure: run "npm run build" first.')
  process.exit(1)
}

interface Resource {
  file: string
}
interface Precomputed {
  entrypoints: string[]
  dependencies: Record<string, Record<'scripts' | 'styles' | 'preload', Record<string, Resource>>>
}
const {
  default: { entrypoints, dependencies },
} = (await import(pathToFileURL(join(root, manifest)).href)) as { default: Precomputed }

const kinds = ['scripts', 'styles', 'preload'] as const
const files = new Set(
  entrypoints.flatMap((entry) =>
    kinds.flatMap((kind) => Object.values(dependencies[entry]![kind]).map((resource) => resource.file)),
  ),
)

let over = false
for (const [kind, limit] of Object.entries(limits)) {
  const sizes = [...files]
    .filter((file) => file.endsWith(`.${kind}`))
    .map((file) => gzipSync(readFileSync(join(root, '.output/public/_nuxt', file))).length)
  const size = sizes.reduce((sum, next) => sum + next, 0)
  over ||= size > limit
  console.log(
    `entry ${kind}: ${(size / 1000).toFixed(1)} kB gzip in ${sizes.length} files, of ${limit / 1000} ` +
      `kB${size > limit ? ': OVER' : ''}`,
  )
}
process.exitCode = over ? 1 : 0
