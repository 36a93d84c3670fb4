import type { Language } from '../../shared/menu/menu.ts'
import type { Context } from '../context.ts'
import { viewPizzeria, viewPolicies } from '../menu/pizzeria.ts'
import { keepText, type KeptText } from './kept.ts'

export interface KeptPage {
  page: KeptText
  /** What else the answer says: its policies. Never a cookie. */
  headers: Record<string, string>
}

/** A menu's page: of which pizzeria, in which language, and the origin that its own address in it begins with. */
export interface MenuPage {
  pizzeria: string
  language: Language
  origin: string
}

/** Renders a menu for a visitor of whom nothing is known but the language; null where that is no page (status 200). */
export type RenderMenu = (page: MenuPage) => Promise<{ html: string; headers: Headers } | null>

/** How many are kept at most: whoever makes up host names gets pages of their own. */
const maxKept = 100

/** Made for one answer or by Node, and set anew for each. */
const own = [
  'set-cookie',
  'date',
  'content-length',
  'content-encoding',
  'content-type',
  'etag',
  'vary',
  'cache-control',
]

/**
 * The menus of visitors who are not signed in, rendered once for all that they show: the menu's version, settings,
 * condition and opening at this moment. What they show is asked of the database for each visitor (20 µs), so a change
 * is seen by the next request, whoever made it.
 */
export function createMenuPages({ store, clock }: Pick<Context, 'store' | 'clock'>, render: RenderMenu) {
  /** By pizzeria, language and origin, the one that was made first first. */
  const kept = new Map<string, { shows: string; page: Promise<KeptPage | null> }>()

  const whatItShows = (id: string) =>
    store.read(async (tx) => {
      const pizzeria = await tx.pizzeria(id)
      if (!pizzeria) return null
      const { menuVersion, settings } = pizzeria
      return JSON.stringify([
        await tx.epoch(),
        menuVersion,
        viewPizzeria(pizzeria, clock()),
        viewPolicies(pizzeria),
        settings.categories,
        settings.crusts,
      ])
    })

  async function make(wanted: MenuPage): Promise<KeptPage | null> {
    const rendered = await render(wanted)
    if (!rendered) return null
    const headers = Object.fromEntries([...rendered.headers].filter(([name]) => !own.includes(name)))
    return { page: keepText(rendered.html, 'text/html;charset=utf-8'), headers }
  }

  return {
    /** The page as it is now, or null where there is no such menu. */
    async find(wanted: MenuPage): Promise<KeptPage | null> {
      const shows = await whatItShows(wanted.pizzeria)
      if (shows === null) return null
      const key = `${wanted.pizzeria} ${wanted.language} ${wanted.origin}`
      const known = kept.get(key)
      if (known?.shows === shows) return await known.page
      const page = make(wanted)
      kept.delete(key)
      kept.set(key, { shows, page })
      if (kept.size > maxKept) kept.delete(kept.keys().next().value!)
      // A page that could not be made is tried again by the next visitor.
      const forget = () => kept.get(key)?.page === page && kept.delete(key)
      void page.then((made) => made ?? forget(), forget)
      return await page
    },
  }
}
