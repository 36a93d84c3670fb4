import { existsSync } from 'node:fs'
import { join } from 'node:path'
import madge from 'madge'
import { expect, it } from 'vitest'
import { root } from '../support/sources.ts'

const folders = ['shared', 'db', 'server', 'stores', 'composables', 'components', 'pages', 'bench', 'scripts']

/**
 * Files that import each other load in an order that nobody chose. Types alone are no circle: they are gone at run
 * time.
 */
it('no modules import each other in a circle', { timeout: 120_000 }, async () => {
  const graph = await madge(folders.map((folder) => join(root, folder)).filter(existsSync), {
    baseDir: root,
    fileExtensions: ['ts', 'vue'],
    tsConfig: {
      compilerOptions: {
        baseUrl: root,
        allowImportingTsExtensions: true,
        moduleResolution: 'bundler',
        paths: { '#shared/*': ['./shared/*'], '~/*': ['./*'] },
      },
    },
    detectiveOptions: { ts: { skipTypeImports: true }, vue: { skipTypeImports: true } },
  })
  expect(Object.keys(graph.obj()).length).toBeGreaterThan(10)
  expect(graph.circular()).toEqual([])
})
