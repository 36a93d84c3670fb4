import type { Ref } from 'vue'
import type { Menu } from '#shared/menu/menu'
import { languages } from '#shared/menu/words'
import { noteTaps } from '~/composables/useEarly'
import { noteReturn } from '~/composables/useQuickAdd'
import { jsonForScript, menuData } from '#shared/menu/structured-data'

/**
 * What search engines and previews read of a menu's page: its title, a sentence, its address, and the menu as data.
 * Only the server writes it, except for the title, which follows the visitor's language.
 */
export function useMenuHead(menu: Readonly<Ref<Menu>>) {
  const { t, locale } = useI18n()
  const title = computed(() => `${menu.value.pizzeria.name}, ${t('customer.menu.title')}`)
  useHead({ title })
  if (!import.meta.server) return
  const { id, name, phone } = menu.value.pizzeria
  const { currency } = menu.value
  const address = `${useRequestURL().origin}${useRuntimeConfig().app.baseURL}${id}`
  const language = languages.find((one) => one === locale.value) ?? 'en'
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  const description = t('customer.menu.description', { name })
  useHead({
    link: [{ rel: 'canonical', href: address }],
    meta: [
      { name: 'description', content: description },
      { property: 'og:type', content: 'restaurant.menu' },
      { property: 'og:title', content: title.value },
      { property: 'og:description', content: description },
      { property: 'og:url', content: address },
    ],
    // In the head, because a browser that runs scripts reads what stands in it as text, which nothing can hydrate.
    noscript: [
      {
        tagPosition: 'bodyOpen',
        innerHTML:
          `<p class="bg-char-800 px-4 py-3 font-semibold text-flour-50">${t('customer.menu.noScript')}` +
          `${phone ? ` <a class="underline" href="tel:${phone}">${phone}</a>` : ''}</p>`,
      },
    ],
    script: [
      { innerHTML: noteTaps },
      { innerHTML: noteReturn(menu.value.pizzeria) },
      {
        type: 'application/ld+json',
        innerHTML: jsonForScript(menuData(menu.value, language, address, maximumFractionDigits ?? 2)),
      },
    ],
  })
}
