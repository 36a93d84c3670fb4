import type { Plugin } from 'vite'

const probe = '!core.globalConfig.jitless'

/**
 * zod compiles its parsers where `new Function` works, and finds out by trying: under our content security policy each
 * page then reports a violation, in every browser. It must be switched off before the first schema is made, earlier
 * than any of our modules runs. Done here, the compiler is not even sent to the browser.
 */
export function noProbe(): Plugin {
  let done = false
  return {
    name: 'comanda:no-probe',
    transform(code, id) {
      if (!id.includes('/zod/v4/core/schemas.js')) return null
      done = code.includes(probe)
      return { code: code.replaceAll(probe, 'false'), map: null }
    },
    buildEnd(error) {
      if (!error && !done && this.environment.name === 'client')
        this.error(`zod no longer says "${probe}": find out how it is told not to use eval (build/no-probe.ts)`)
    },
  }
}
