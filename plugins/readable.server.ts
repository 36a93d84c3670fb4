/** What a path says, or null where an escape in it is broken. */
function readPath(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

/**
 * An address with a broken escape (`%`, `%zz`, `%ff`) is that of no page: whoever mistyped or cut a link reads the same
 * words on every page. The router would take the broken text for an id, and each page would make of it what it can.
 */
export default defineNuxtPlugin(() => {
  addRouteMiddleware(
    'readable',
    () => {
      const [path = ''] = (useRequestEvent()?.node.req.url ?? '').split('?', 1)
      if (readPath(path) === null) return createError({ statusCode: 404, fatal: true })
    },
    { global: true },
  )
})
