import { globSync } from 'node:fs'
import { join } from 'node:path'

/** Every file of a route, as Nitro finds them. */
export const routeFiles = (root: string) => globSync('server/{api,routes}/**/*.ts', { cwd: root }).sort()

/** The module `#operations`: the routes' files, each with its description behind a function that loads it. */
export const listOperations = (root: string) =>
  `export const files = [${routeFiles(root)
    .map((file) => `{ file: ${JSON.stringify(file)}, load: () => import(${JSON.stringify(join(root, file))}) }`)
    .join(',\n')}]`
