import { baseCompile, type CompileError } from '@intlify/message-compiler'

/** The part of a Rollup plugin that this one is. */
interface Transform {
  name: string
  transform: { order: 'pre'; handler(code: string, id: string): { code: string; map: null } | null }
}

/** Where in its source a part of a message stood: of use to editors alone. */
const places = new Set(['loc', 'start', 'end'])

/**
 * Compiles texts at build time, so that browsers need no compiler (6 kB, and the time to run it). `parts` names the
 * files: nuxt-i18n's own plugin compiles some of them for Vite, and none for Nitro. Throws where a text is not a
 * message.
 */
export function compiledMessages(parts: readonly string[]): Transform {
  const file = new RegExp(`/i18n/locales/[^/]+/(?:${parts.join('|')})\\.json$`)
  const compile = (message: string, id: string) => {
    const { ast } = baseCompile(message, {
      jit: true,
      minify: true,
      onError(error: CompileError) {
        throw new Error(`${id}: "${message}" is no message: ${error.message}`)
      },
    })
    return JSON.parse(JSON.stringify(ast, (key, value: unknown) => (places.has(key) ? undefined : value))) as unknown
  }
  const compileAll = (texts: unknown, id: string): unknown =>
    typeof texts === 'string'
      ? compile(texts, id)
      : Object.fromEntries(Object.entries(texts as object).map(([key, value]) => [key, compileAll(value, id)]))
  return {
    name: 'comanda:compiled-messages',
    transform: {
      // Before the JSON becomes a module.
      order: 'pre',
      handler: (code, id) =>
        file.test(id) ? { code: JSON.stringify(compileAll(JSON.parse(code), id)), map: null } : null,
    },
  }
}
