const noPage = /^\/(?:api\/|healthz|readyz|metrics)/

/**
 * For each request Nitro reads the configuration from the environment again, and nuxt-security works out its rules
 * anew: together that costs more than all else that a command does. The environment does not change, so every request
 * gets what was read at the start (pages a copy, which their modules may write to), and what is no page needs none of a
 * page's policies.
 */
export default defineNitroPlugin(({ h3App: { options } }) => {
  const config = useRuntimeConfig()
  const { onRequest } = options
  options.onRequest = (event) => {
    const lean = noPage.test(event.path)
    event.context.nitro = {
      errors: [],
      ...event.context.nitro,
      runtimeConfig: lean ? config : structuredClone(config),
    } as typeof event.context.nitro
    if (lean) event.context.security = { rules: {} } as typeof event.context.security
    return onRequest?.(event)
  }
})
