import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** What a page of this stack scores before anybody has written a pizzeria: an empty one, and one button of Nuxt UI. */
const anchors = {
  blank: {
    'app.vue': '<template><main><h1>Hello</h1></main></template>',
    'nuxt.config.ts': config([], []),
  },
  button: {
    'app.vue': '<template><UApp><main><h1>Hello</h1><UButton>Order</UButton></main></UApp></template>',
    'main.css': '@import "tailwindcss";\n@import "@nuxt/ui";\n',
    'nuxt.config.ts': config(['@nuxt/ui'], ['~/main.css']),
  },
} as const
export type Anchor = keyof typeof anchors

function config(modules: string[], css: string[]) {
  return `export default defineNuxtConfig(${JSON.stringify({
    modules,
    css,
    compatibilityDate: '2026-11-01',
    devtools: { enabled: false },
    ui: { fonts: false },
    app: { head: { title: 'Anchor', htmlAttrs: { lang: 'en' } } },
    nitro: { compressPublicAssets: { brotli: true, gzip: true } },
  })})\n`
}

/**
 * The production build of an anchor, with the packages of this tree: made once for a lock file, and kept in `.cache`.
 * Answers the path of its `server/index.mjs`; throws when it does not build.
 */
export function buildAnchor(name: Anchor): string {
  const files = Object.entries<string>(anchors[name])
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const hash = createHash('sha256').update(JSON.stringify(files)).update(lock).digest('hex').slice(0, 12)
  const output = join(root, '.cache/anchors', `${name}-${hash}`)
  const entry = join(output, 'server/index.mjs')
  if (existsSync(entry)) return entry
  console.log(`Building the anchor "${name}" …`)
  const folder = mkdtempSync(join(tmpdir(), 'comanda-anchor-'))
  try {
    for (const [path, text] of files) writeFileSync(join(folder, path), text)
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/nuxt/bin/nuxt.mjs'), 'build'],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, NUXT_TELEMETRY_DISABLED: '1' } },
    )
    if (status !== 0) throw new Error(`The anchor "${name}" does not build:\n${stdout}\n${stderr}`)
    mkdirSync(dirname(output), { recursive: true })
    rmSync(output, { recursive: true, force: true })
    renameSync(join(folder, '.output'), output)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return entry
}
