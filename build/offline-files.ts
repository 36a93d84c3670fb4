import { dirname, join, relative } from 'node:path'
import type { Plugin } from 'vite'

/** What a customer's device keeps for a start without a line; all that these import, now or later, goes with them. */
const starts = ['pages/[pizzeria]/index.vue', 'pages/[pizzeria]/orders/[tracking].vue', 'components/app/ErrorPage.vue']
/** A device keeps no more than so many files of a build: a new import of something large must not go unnoticed. */
const maxFiles = 120

/** The parts of Rolldown's output that are used here. */
interface Chunk {
  type: 'chunk'
  isEntry: boolean
  moduleIds: string[]
  imports: string[]
  dynamicImports: string[]
  viteMetadata?: { importedCss: Set<string> }
}

/**
 * Writes down which files a customer's pages may ever ask for, their sheets included, so that a device can keep them
 * before they were opened once. The list lies beside them (`["HJ3k.js", …]`), under the name that
 * `composables/useOfflineCopy.ts` hands to the worker.
 */
export function offlineFiles(root: string, build: string): Plugin {
  return {
    name: 'comanda:offline-files',
    apply: 'build',
    generateBundle(_, bundle) {
      if (this.environment.name !== 'client') return
      const chunks = new Map(
        Object.entries(bundle).filter(([, one]) => one.type === 'chunk') as unknown as [string, Chunk][],
      )
      // Not the same with a query: the entry holds what each page says of its route.
      const holds =
        (path: string) =>
        ([, { moduleIds }]: [string, Chunk]) =>
          moduleIds.includes(join(root, path))
      const found = new Set<string>()
      for (const start of starts) {
        const chunk = [...chunks].find(holds(start))
        if (!chunk) this.error(`no file of the build holds ${start} (build/offline-files.ts)`)
        found.add(chunk[0])
      }
      const styles = new Set<string>()
      for (const file of found) {
        const chunk = chunks.get(file)
        if (!chunk) continue
        for (const one of chunk.viteMetadata?.importedCss ?? []) styles.add(one)
        // The entry may ask for every page there is, those of the staff included.
        for (const next of chunk.isEntry ? chunk.imports : [...chunk.imports, ...chunk.dynamicImports]) found.add(next)
      }
      const files = [...found, ...styles]
      if (files.length > maxFiles) this.error(`a customer's device would keep ${files.length} files`)
      const folder = dirname(files[0]!)
      this.emitFile({
        type: 'asset',
        fileName: `${folder}/offline-${build}.json`,
        source: JSON.stringify(files.map((file) => relative(folder, file))),
      })
    },
  }
}
