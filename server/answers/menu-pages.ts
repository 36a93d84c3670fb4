import type { Language } from '../../shared/menu/menu.ts'
import type { Context } from '../context.ts'
import { viewPizzeria, viewPolicies } from '../menu/pizzeria.ts'
import { keepText, type KeptText } from './kept.ts'

export interface KeptPage {
  page: KeptText
  /** What else the answer says: its policies. Never a cookie. */
  headers: Record<string, string>
}

/** Renders a menu for a visitor of whom nothing is known but the language; null where that is no page (status 200). */
export type RenderMenu = (pizzeria: string, language: Language) => Promise<{ html: string; headers: Headers } | null>

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
  /** By pizzeria and language, so as many as there are menus. */
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

  async function make(pizzeria: string, language: Language): Promise<KeptPage | null> {
    const rendered = await render(pizzeria, language)
    if (!rendered) return null
    const headers = Object.fromEntries([...rendered.headers].filter(([name]) => !own.includes(name)))
    return { page: keepText(rendered.html, 'text/html;charset=utf-8'), headers }
  }

  return {
    /** The page as it is now, or null where there is no such menu. */
    async find(pizzeria: string, language: Language): Promise<KeptPage | null> {
      const shows = await whatItShows(pizzeria)
      if (shows === null) return null
      const key = `${pizzeria} ${language}`
      const known = kept.get(key)
      if (known?.shows === shows) return await known.page
      const page = make(pizzeria, language)
      kept.set(key, { shows, page })
      // A page that could not be made is tried again by the next visitor.
      const forget = () => kept.get(key)?.page === page && kept.delete(key)
      void page.then((made) => made ?? forget(), forget)
      return await page
    },
  }
}
