const noPage = /^\/(?:api\/|_pictures\/|healthz|readyz|metrics)/

/**
 * For each request Nitro reads the configuration from the environment again, and nuxt-security works out its rules
 * again: together that costs more than everything else in a command. The environment does not change, so every request
 * gets what was read at the start (pages get a copy, which their modules may write to), and a request that is not for a
 * page skips the policies for pages.
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
