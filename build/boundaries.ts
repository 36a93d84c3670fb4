import { relative } from 'node:path'
import type { Plugin } from 'vite'

/**
 * Keeps server code out of the browser's bundle. Nuxt blocks only some folders of `server/` when the root is the source
 * folder, so `db/` and the rest of `server/` would get into the bundle unnoticed. `import type` is erased before this
 * runs and stays allowed.
 */
export function boundaries(root: string): Plugin {
  return {
    name: 'comanda:boundaries',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!importer || importer.includes('node_modules')) return null
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true })
      if (!resolved) return null
      const path = relative(root, resolved.id.split('?')[0]!)
      if (/^(server|db|bench|tests)\//.test(path))
        this.error(
          `${relative(root, importer)} imports ${path}: browser code may import its types only ("import type")`,
        )
      return null
    },
  }
}
