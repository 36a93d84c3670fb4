declare module '#app' {
  interface PageMeta {
    /** What is said on this page is among the customers' texts (`customerTexts` in nuxt.config.ts). */
    texts?: 'customer'
  }
}

type Texts = Record<string, unknown>
const parts = import.meta.glob<Texts>('../i18n/locales/*/{kitchen,counter,manage,editor,books}.json', {
  import: 'default',
})

/**
 * What only staff read is twice as long as what customers do, so no customer's page fetches it. It comes with the first
 * page that is not marked as a customer's, before that page is set up, and with each language that is chosen there.
 */
export default defineNuxtPlugin({
  name: 'staff-texts',
  dependsOn: ['i18n:plugin'],
  setup({ $i18n, $router, hook }) {
    const loaded = new Set<string>()

    async function load(language: string) {
      if (loaded.has(language)) return
      const mine = Object.entries(parts).filter(([path]) => path.includes(`/${language}/`))
      for (const texts of await Promise.all(mine.map(([, read]) => read()))) $i18n.mergeLocaleMessage(language, texts)
      loaded.add(language)
    }
    // A page that there is not shows a text for customers.
    const needs = ({ meta, matched }: { meta: { texts?: string }; matched: unknown[] }) =>
      matched.length > 0 && meta.texts !== 'customer'

    addRouteMiddleware('staff-texts', async (to) => void (needs(to) && (await load($i18n.locale.value))), {
      global: true,
    })
    hook('i18n:beforeLocaleSwitch', async ({ newLocale }) => {
      if (needs($router.currentRoute.value)) await load(newLocale)
    })
  },
})
