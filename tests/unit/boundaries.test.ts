import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build } from 'vite'
import { boundaries } from '../../build/boundaries.ts'

/** A small project of the same shape as ours, built with the plugin that guards the real one. */
const root = mkdtempSync(join(tmpdir(), 'comanda-borders-'))
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const bundle = async (entry: string) => {
  await build({
    root,
    logLevel: 'silent',
    configFile: false,
    plugins: [boundaries(root)],
    build: { outDir: 'out', lib: { entry: join(root, entry), formats: ['es'], fileName: 'out' } },
  })
  return readFileSync(join(root, 'out/out.js'), 'utf8')
}

describe('the boundary between browser and server', () => {
  beforeAll(() => {
    write('package.json', '{ "type": "module" }')
    write('db/store.ts', 'export interface Row { id: string }\nexport const store = "the database"')
    write('server/orders/place.ts', 'export const place = "the server"')
    write('shared/money.ts', 'export const money = "shared"')
    write('pages/store.ts', 'import { store } from "../db/store"\nconsole.log(store)')
    write('pages/place.ts', 'export const late = () => import("../server/orders/place")')
    write(
      'pages/types.ts',
      'import type { Row } from "../db/store"\nimport { money } from "../shared/money"\nexport const row: Row = { ' +
        'id: money }',
    )
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('refuses an import of the database and names both files', async () => {
    await expect(bundle('pages/store.ts')).rejects.toThrow(/pages\/store\.ts imports db\/store\.ts: .*import type/)
  })

  it('refuses a dynamic import of the server too', async () => {
    await expect(bundle('pages/place.ts')).rejects.toThrow(/pages\/place\.ts imports server\/orders\/place\.ts/)
  })

  it('lets types and shared code through', async () => {
    const code = await bundle('pages/types.ts')
    expect(code).toContain('shared')
    expect(code).not.toContain('the database')
  })
})
