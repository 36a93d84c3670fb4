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

/**
 * How much is kept at most, bytes: a menu's page takes about 100 kB in each language, and whoever makes up host names
 * gets pages of their own.
 */
const maxKeptBytes = 64 * 1024 * 1024

interface Kept {
  /** What it was made from, as text. */ shows: string
  page: Promise<KeptPage | null>
  /** 0 while it is being made. */ bytes: number
}

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
export function createMenuPages(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  render: RenderMenu,
  maxBytes = maxKeptBytes,
) {
  /** By pizzeria, language and origin; the one that was asked for longest ago is the first. */
  const kept = new Map<string, Kept>()
  let keptBytes = 0

  function drop(key: string) {
    keptBytes -= kept.get(key)?.bytes ?? 0
    kept.delete(key)
  }
  function keep(key: string, shows: string, page: Kept['page']) {
    const entry: Kept = { shows, page, bytes: 0 }
    drop(key)
    kept.set(key, entry)
    void page
      .then((made) => made && made.page.shrink())
      .catch(() => null)
      .then((bytes) => {
        if (kept.get(key) !== entry) return
        // A page that could not be made is tried again by the next visitor.
        if (bytes === null) return drop(key)
        entry.bytes = bytes
        keptBytes += bytes
        for (const oldest of kept.keys()) {
          if (keptBytes <= maxBytes) break
          drop(oldest)
        }
      })
  }

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
      if (known?.shows === shows) {
        kept.delete(key)
        kept.set(key, known)
        return await known.page
      }
      const page = make(wanted)
      keep(key, shows, page)
      return await page
    },
  }
}
