import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { root, sources } from './sources.ts'

const aliases: Record<string, string> = { '~/': '', '#shared/': 'shared/' }
const imported =
  /(?:^|\n)\s*(?:import|export)(?! type)[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** Where an import of our own code leads, below the root; null for a package. */
function resolve(said: string, from: string): string | null {
  const alias = Object.keys(aliases).find((one) => said.startsWith(one))
  if (!alias && !said.startsWith('.')) return null
  const path = alias ? aliases[alias]! + said.slice(alias.length) : join(dirname(from), said)
  return (
    [path, `${path}.ts`, `${path}.vue`].find((one) => /\.(?:ts|vue)$/.test(one) && existsSync(join(root, one))) ?? null
  )
}

/** Every file of ours that some files may run in a browser: what they import, now or later, and their components. */
export function reachedFrom(starts: string[]): string[] {
  const components = new Map(
    sources(['components/**/*.vue']).map(({ path }) => [basename(path, '.vue'), path] as const),
  )
  const found = new Set(starts)
  for (const path of found) {
    const text = readFileSync(join(root, path), 'utf8')
    const imports = [...text.matchAll(imported)].map(([, one, later]) => resolve((one ?? later)!, path))
    const tags = [...text.matchAll(/<(?:Lazy)?([A-Z]\w+)/g)].map(([, name]) => components.get(name!))
    for (const next of [...imports, ...tags]) if (next) found.add(relative('', next))
  }
  return [...found].sort()
}
