import { baseCompile, type CompileError } from '@intlify/message-compiler'

/** The part of a Rollup plugin that this one is. */
interface Transform {
  name: string
  transform: { order: 'pre'; handler(code: string, id: string): { code: string; map: null } | null }
}

const locale = /\/i18n\/locales\/[^/]+\/[^/]+\.json$/
/** Where in its source a part of a message stood: of use to editors alone. */
const places = new Set(['loc', 'start', 'end'])

/**
 * Compiles the texts that browsers fetch at build time, as Vite does with those of the server's own pages: browsers
 * then need no compiler (6 kB, and the time to run it). Throws where a text is not a message.
 */
export function compiledMessages(): Transform {
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
        locale.test(id) ? { code: JSON.stringify(compileAll(JSON.parse(code), id)), map: null } : null,
    },
  }
}
