import { relative } from 'node:path'
import type { Plugin } from 'vite'

/** What of a module's syntax tree this plugin looks at; positions are offsets into the code. */
interface Node {
  type: string
  start: number
  end: number
  declaration?: Node | null
  declarations?: (Node & { init?: Node | null })[]
  source?: { value: unknown }
}

/** Values that are made by calls, or may hold some. */
const calls = new Set(['CallExpression', 'MemberExpression', 'ObjectExpression', 'ArrayExpression'])

/**
 * Leaves schemas out of pages that never parse with them. `shared/` has no side effects, but a bundler cannot know that
 * of a call such as `z.object(…)`: it kept each schema, and with it all of zod (25 kB), for every phone. Here each
 * top-level constant of a module that imports zod is marked as pure, so that what nobody uses goes.
 */
export function pureShared(root: string): Plugin {
  return {
    name: 'comanda:pure-shared',
    // After TypeScript is stripped.
    enforce: 'post',
    apply: 'build',
    transform(code, id) {
      const path = relative(root, id.split('?')[0]!)
      if (!path.startsWith('shared/') || !/from\s*["'](?:zod|[^"']*zod[^"']*)["']/.test(code)) return null
      const { body } = this.parse(code) as unknown as { body: Node[] }
      let pure = code
      for (const statement of body.toReversed()) {
        const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
        if (declaration?.type !== 'VariableDeclaration') continue
        for (const { init } of declaration.declarations!.toReversed()) {
          if (!init || !calls.has(init.type)) continue
          const value = pure.slice(init.start, init.end)
          pure = `${pure.slice(0, init.start)}/* @__PURE__ */ (() => (${value}))()${pure.slice(init.end)}`
        }
      }
      return { code: pure, map: null }
    },
  }
}
