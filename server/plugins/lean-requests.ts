import type { H3Event } from 'h3'
import { isPagePath } from '../answers/page-path'

declare module 'nitropack' {
  interface NitroRuntimeHooks {
    /** Every request, before anything else reads it. */
    'comanda:request': (event: H3Event) => void
  }
}

/** Nitro's own way makes a promise for each listener; ours do not wait for anything. */
const callAll = (listeners: ((event: H3Event) => void)[], [event]: [H3Event]) => {
  for (const listener of listeners) listener(event)
}

/**
 * For each request Nitro reads the configuration from the environment again and looks up its route's rules, i18n makes
 * a context, and nuxt-security works out its policies: together that costs more than everything else in a command. None
 * of it concerns what is not a page, which gets the configuration as it was read at the start, the rules that are the
 * same for every route, and our own hook instead of Nitro's. A page gets a copy of the configuration, because its
 * modules may write to it.
 */
export default defineNitroPlugin(({ hooks, h3App: { options } }) => {
  const config = useRuntimeConfig()
  let routeRules: ReturnType<typeof getRouteRules> | undefined
  const { onRequest } = options
  options.onRequest = async (event) => {
    const lean = !isPagePath(event.path)
    event.context.nitro = {
      errors: [],
      ...event.context.nitro,
      runtimeConfig: lean ? config : structuredClone(config),
    } as typeof event.context.nitro
    hooks.callHookWith(callAll, 'comanda:request', event)
    if (!lean) return await onRequest?.(event)
    event.context.security = { rules: {} } as typeof event.context.security
    event.context._nitro = { routeRules: (routeRules ??= getRouteRules(event)) } as typeof event.context._nitro
  }
})
