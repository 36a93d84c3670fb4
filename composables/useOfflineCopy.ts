import { savesData } from '~/composables/savesData'

/** Must be the name that `public/alert-worker.js` keeps its copies under. */
const store = 'comanda-customer-1'
/** The page has come, and everything more urgent was done, after so long, ms. */
const calmMs = 3_000

/** What this page has fetched and a start without a line will need. */
const filesOf = () =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.startsWith(location.origin))

/**
 * Makes a customer's page installable, and keeps it and its files on this device, for a start without a line; those of
 * the sheets too, which nobody may have opened yet, unless the visitor saves data. `path` is what its copies lie under:
 * the menu's own, or that of a pizzeria's orders. Staff look at the menu, too: their devices keep nothing, so that no
 * worker ever stands before a page of theirs.
 */
export function useOfflineCopy(pizzeria: string, path: string) {
  const { app, public: ours } = useRuntimeConfig()
  const { baseURL } = app
  const { loggedIn } = useUserSession()
  useHead({ link: [{ rel: 'manifest', href: `${baseURL}${pizzeria}/manifest.webmanifest` }] })
  if (import.meta.server) return
  let timer: ReturnType<typeof setTimeout> | undefined
  onNuxtReady(() => {
    if (loggedIn.value || !('serviceWorker' in navigator)) return
    timer = setTimeout(() => void keep(`${baseURL}${path}`), calmMs)
  })
  onScopeDispose(() => clearTimeout(timer))

  async function keep(scope: string) {
    try {
      const { active, installing, waiting } = await navigator.serviceWorker.register(`${baseURL}alert-worker.js`, {
        scope,
        updateViaCache: 'none',
      })
      const worker = active ?? installing ?? waiting
      const list = savesData() ? null : `${baseURL}${app.buildAssetsDir.replace(/^\//, '')}offline-${ours.build}.json`
      worker?.postMessage({ keep: [location.href, ...filesOf()], list })
    } catch {
      // Blocked, or no secure page: it works for as long as there is a line.
    }
  }
}

/** Forgets the copies, such as those of somebody's orders. */
export const forgetCopies = async () => void ('caches' in window && (await caches.delete(store).catch(() => false)))

/** Whether this device has kept a copy of the page at this address, which its worker shows when there is no line. */
export async function hasCopy({ origin, pathname, href }: Location): Promise<boolean> {
  try {
    const worker = await navigator.serviceWorker.getRegistration(href)
    return Boolean(worker?.active && (await (await caches.open(store)).match(origin + pathname)))
  } catch {
    return false
  }
}
