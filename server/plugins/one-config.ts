/**
 * Nitro makes a configuration for each request, read from the environment again; a module asks for it on every one. That
 * costs more than all else that a command does. The environment does not change: API requests get the configuration of the start.
 */
export default defineNitroPlugin(({ h3App: { options } }) => {
  const config = useRuntimeConfig()
  const { onRequest } = options
  options.onRequest = (event) => {
    if (event.path.startsWith('/api/')) event.context.nitro = { errors: [], ...event.context.nitro, runtimeConfig: config } as typeof event.context.nitro
    return onRequest?.(event)
  }
})
