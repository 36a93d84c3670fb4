import { join } from 'node:path'

/** The part of Rolldown's `ChunkingContext` that is used here. */
interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[]; importers: readonly string[] } | null
}

/**
 * What a customer's page shows before anybody has tapped: the page, and the components that wake up on their own. The
 * menu comes first: what it shares is loaded with it, and what it does not need never is.
 */
const firstScreens = {
  menu: [
    'pages/[pizzeria]/index.vue',
    'components/menu/MenuSection.vue',
    'components/menu/MenuCard.vue',
    'components/menu/MenuFilters.vue',
    'components/menu/CategoryNav.vue',
  ],
  tracking: [
    'pages/[pizzeria]/orders/[tracking].vue',
    'components/order/OrderTicket.vue',
    'components/order/OrderNews.vue',
    'components/order/OrderStages.vue',
    'components/order/OrderReceipt.vue',
  ],
}

/**
 * Names the file that a module of a customer's first screen goes into, so that a phone asks for a handful of files and
 * not for forty, each with its half a kilobyte of headers: `menu` or `tracking` for what that page alone needs,
 * `customer` for what the menu shares with other pages. Null for every other module.
 */
export function firstFiles(root: string) {
  let files: Map<string, string> | undefined

  function sort(modules: Modules): Map<string, string> {
    const found = new Map<string, string>()
    for (const [name, paths] of Object.entries(firstScreens)) {
      const { reached, alone } = reach(
        modules,
        paths.map((path) => join(root, path)),
      )
      for (const id of alone) if (!found.has(id)) found.set(id, name)
      if (name === 'menu') for (const id of reached) if (!alone.has(id)) found.set(id, 'customer')
    }
    return found
  }
  return (id: string, modules: Modules): string | null => (files ??= sort(modules)).get(id) ?? null
}

/** All that some modules import, and what of it nobody else does. */
function reach(modules: Modules, starts: string[]) {
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
  return { reached, alone }
}

/** The parts of a build's manifest that are used here. */
type Manifest = Record<
  string,
  { name?: string; src?: string; isEntry?: boolean; dynamicImports?: string[]; css?: string[] }
>

/**
 * Says in the manifest which file a first screen is in. Nuxt looks for it under the page's own name, which it lost when
 * it was put into one file with its components: the browser would then learn of that file only from the entry, a round
 * trip later. Its styles are in the page itself, which must not wait for them once more.
 */
export function preloadFirstFiles(manifest: Manifest) {
  const entry = Object.values(manifest).find(({ isEntry }) => isEntry)
  for (const [name, [page]] of Object.entries(firstScreens)) {
    const key = entry?.dynamicImports?.find((one) => one.startsWith('_') && manifest[one]?.name === name)
    if (!key) throw new Error(`The manifest has no file for ${page}`)
    manifest[key]!.css = []
    manifest[page!] = { ...manifest[key], src: page }
  }
}
