import { requirePizzeria } from '~/server/menu/pizzeria'
import { pizzeriaParams } from '~/server/utils/params'

export const operation = defineOperation({
  summary: 'How a phone installs the pizzeria as an app.',
  who: 'anyone',
  params: pizzeriaParams,
  answers: { 200: 'application/manifest+json' },
  errors: ['pizzeria.unknown'],
})

/** How a phone installs the pizzeria as an app: its own name and menu. */
export default defineApi(async (event, { store }) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  const { name } = await store.read((tx) => requirePizzeria(tx, pizzeria))
  const { baseURL } = useRuntimeConfig().app
  const address = `${baseURL}${pizzeria}`
  setResponseHeaders(event, { 'content-type': 'application/manifest+json', 'cache-control': 'no-cache' })
  return JSON.stringify({
    id: address,
    name,
    short_name: name,
    start_url: address,
    scope: address,
    display: 'standalone',
    background_color: '#fbf6ea',
    theme_color: '#fbf6ea',
    icons: [
      { src: `${baseURL}icon.svg`, sizes: 'any', type: 'image/svg+xml' },
      { src: `${baseURL}icon-192.png`, sizes: '192x192', type: 'image/png' },
      { src: `${baseURL}icon-512.png`, sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  })
})
