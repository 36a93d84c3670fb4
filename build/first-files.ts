import { join } from 'node:path'

/** The part of Rolldown's `ChunkingContext` that is used here. */
interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[]; importers: readonly string[] } | null
}

/** What the menu shows before anybody has tapped: its page, and the cards, which wake up on their own. */
const firstScreen = ['pages/[pizzeria]/index.vue', 'components/menu/MenuCard.vue']

/**
 * Names the file that a module of the menu's first screen goes into, so that a phone asks for a handful of files and
 * not for forty, each with its half a kilobyte of headers: `menu` for what this page alone needs, `customer` for what
 * other pages share with it. Null for every other module.
 */
export function firstFiles(root: string) {
  const starts = firstScreen.map((path) => join(root, path))
  let files: Map<string, string> | undefined

  function sort(modules: Modules): Map<string, string> {
    const reached = new Set(starts)
    for (const id of reached) for (const next of modules.getModuleInfo(id)?.importedIds ?? []) reached.add(next)
    const alone = new Set(reached)
    const isShared = (id: string) =>
      !starts.includes(id) && modules.getModuleInfo(id)?.importers.some((importer) => !alone.has(importer)) === true
    // What is shared is taken out, and with it what it imports, until nothing changes any more.
    for (let before = -1; before !== alone.size;) {
      before = alone.size
      for (const id of alone) if (isShared(id)) alone.delete(id)
    }
    return new Map([...reached].map((id) => [id, alone.has(id) ? 'menu' : 'customer']))
  }
  return (id: string, modules: Modules): string | null => (files ??= sort(modules)).get(id) ?? null
}
