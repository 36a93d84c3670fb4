import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const files = globSync('{app,error}.vue', { cwd: root }).concat(globSync('{pages,components}/**/*.vue', { cwd: root }))
const byName = new Map(files.map((file) => [basename(file, '.vue'), file]))

/** What of a file's markup is a component of ours, or of Nuxt UI (`UButton`). */
const usedBy = (file: string) => [...read(file).matchAll(/<(?:Lazy)?([A-Z]\w+)/g)].map(([, name]) => name!)

/** A file and all that it shows, now or later. */
function reach(start: string) {
  const reached = new Set([start])
  for (const file of reached) for (const name of usedBy(file)) if (byName.has(name)) reached.add(byName.get(name)!)
  return [...reached]
}
const pages = files.filter((file) => file.startsWith('pages/'))
const isCustomers = (page: string) => read(page).includes("texts: 'customer'")

/** The paths that a sheet names with `@source` or `@source not`, from the root on. */
const sources = (kind: '@source' | '@source not') =>
  [...read('assets/css/main.css').matchAll(/^(@source(?: not)?) "\.\.\/\.\.\/(.+)";$/gm)]
    .filter((found) => found[1] === kind)
    .map((found) => found[2]!)

describe('styles', () => {
  it('of everything that a customer is shown are in the page itself', () => {
    const leftOut = new Set(
      sources('@source not')
        .filter((path) => /^(?:components|pages)\//.test(path))
        .flatMap((path) => globSync([path, `${path}/**/*.vue`], { cwd: root })),
    )
    const shown = ['app.vue', 'error.vue', ...pages.filter(isCustomers)].flatMap(reach)
    expect(leftOut.size).toBeGreaterThan(50)
    expect(shown.filter((file) => leftOut.has(file))).toEqual([])

    const parts = sources('@source')
      .join()
      .match(/(?<=\{).+(?=\})/)![0]
      .split(',')
    const used = shown.flatMap(usedBy).filter((name) => /^U[A-Z]/.test(name) && name !== 'UIcon')
    const themes = used.map((name) =>
      name
        .slice(1)
        .replace(/\B[A-Z]/g, '-$&')
        .toLowerCase(),
    )
    // Nuxt UI gives the button its link and the window its button.
    expect([...new Set([...themes, 'link'])].sort()).toEqual(parts.sort())
  })

  it('of the staff come with each of their pages', () => {
    const without = pages
      .filter((page) => !isCustomers(page))
      .filter((page) => !reach(page).some((file) => read(file).includes("import '~/assets/css/staff.css'")))
    expect(without).toEqual([])
  })
})
