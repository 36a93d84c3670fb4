import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import madge from 'madge'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from '../support/sources.ts'

const sources = ['shared', 'db', 'server', 'stores', 'composables', 'components', 'pages', 'bench', 'scripts']

/** The files that each file imports. Type imports count: to read the one, one must read the other. */
let graph: Record<string, string[]>
beforeAll(async () => {
  const found = await madge(sources.map((folder) => join(root, folder)).filter(existsSync), {
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
  })
  graph = found.obj()
}, 120_000)

/** Groups in which each member can be reached from every other. */
function circles(edges: Record<string, string[]>): string[][] {
  const reach = new Map<string, Set<string>>()
  for (const start of Object.keys(edges)) {
    const seen = new Set<string>()
    const open = [...edges[start]!]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      open.push(...(edges[next] ?? []))
    }
    reach.set(start, seen)
  }
  const groups = Object.keys(edges).map((one) =>
    [...reach.get(one)!].filter((other) => reach.get(other)?.has(one)).sort(),
  )
  return [...new Map(groups.filter((group) => group.length > 0).map((group) => [group.join(), group])).values()]
}

/** The folders that the files of each folder import from; a file directly in a top folder stands for itself. */
function folderGraph(top: string): Record<string, string[]> {
  const folderOf = (file: string) => (dirname(file) === top ? file : dirname(file))
  const edges: Record<string, Set<string>> = {}
  for (const [file, imports] of Object.entries(graph).filter(([file]) => file.startsWith(`${top}/`)))
    for (const imported of imports.filter((one) => one.startsWith(`${top}/`)))
      if (folderOf(imported) !== folderOf(file)) (edges[folderOf(file)] ??= new Set()).add(folderOf(imported))
  return Object.fromEntries(Object.entries(edges).map(([folder, others]) => [folder, [...others]]))
}

describe('circular imports', () => {
  it('no files import each other in a circle', () => {
    expect(Object.keys(graph).length).toBeGreaterThan(100)
    // Without the type imports this arrow would not be seen.
    expect(graph['server/context.ts']).toContain('db/store.ts')
    expect(circles(graph)).toEqual([])
  })

  it.each(['server', 'shared', 'db'])('no folders of %s/ import each other in a circle', (top) => {
    const edges = folderGraph(top)
    expect(Object.keys(edges).length).toBeGreaterThan(1)
    expect(circles(edges)).toEqual([])
  })

  it('the check itself finds a circle of three, and a file that imports itself', () => {
    expect(circles({ a: ['b'], b: ['c'], c: ['a'], d: ['a'], e: ['e'] })).toEqual([['a', 'b', 'c'], ['e']])
  })
})
