/** The address of a route, as OpenAPI writes it. */
export interface Route {
  /** Lower case. */
  method: string
  /** With its parameters in braces. */
  path: string
}

const methods = ['get', 'post', 'put', 'patch', 'delete']

/** The route of a file of server/api or server/routes; null for the one that answers all that nobody else does. */
export function routeOf(file: string): Route | null {
  const [, folder, rest] = /^server\/(api|routes)\/(.+)\.ts$/.exec(file)!
  if (rest!.includes('[...')) return null
  const parts = rest!.split('.')
  const method = methods.includes(parts.at(-1)!) ? parts.pop()! : 'get'
  const path = `/${parts.join('.')}`.replace(/\/index$/, '').replaceAll(/\[(\w+)\]/g, '{$1}')
  return { method, path: folder === 'api' ? `/api${path}` : path }
}
