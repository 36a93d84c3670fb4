import { describe, expect, it } from 'vitest'
import { languages } from '#shared/menu/words'
import { rejections } from '#shared/order/rejections'
import { reachedFrom } from '../support/reached.ts'
import { sources } from '../support/sources.ts'

/** Flattens `{ kitchen: { due: "Due" } }` to `[["kitchen.due", "Due"]]`. */
const flatten = (value: unknown, path = ''): [string, unknown][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key))
    : [[path, value]]

const keysOf = (files: string) => sources([files]).flatMap(({ text }) => flatten(JSON.parse(text)))
const texts = Object.fromEntries(
  languages.map((language) => [language, new Map(keysOf(`i18n/locales/${language}/*.json`))]),
)
const reference = texts.en!

const code = sources(['app.vue', 'error.vue', '{components,composables,layouts,pages,plugins,stores}/**/*.{vue,ts}'])
const call = /(?<![\w.])\$?(?:t|te|tm|rt)\(\s*/
/** Each call of `t`, with the beginning of its first argument. */
const calls = code.flatMap(({ path, text }) =>
  [...text.matchAll(new RegExp(`${call.source}([^\\n]*)`, 'g'))].map(([, argument]) => ({ path, argument: argument! })),
)
const fixedKey = /^(['"])([^'"]+)\1\s*(\+)?/

describe('the three languages', () => {
  it.each(languages)('%s has exactly the keys of English', (language) => {
    expect([...texts[language]!.keys()].sort()).toEqual([...reference.keys()].sort())
  })

  it.each(languages)('%s has no empty text', (language) => {
    expect([...texts[language]!].filter(([, value]) => typeof value !== 'string' || !value.trim())).toEqual([])
  })

  it.each(languages)('%s has the same placeholders as English', (language) => {
    const named = (value: unknown) => [...new Set(String(value).match(/\{\w+\}/g))].sort().join()
    expect(
      [...reference].filter(([key, value]) => named(value) !== named(texts[language]!.get(key))).map(([key]) => key),
    ).toEqual([])
  })

  it('have a text for every refusal', () => {
    expect(Object.keys(rejections).filter((name) => !reference.has(`errors.${name}`))).toEqual([])
  })
})

describe('the keys in the code', () => {
  it('exist', () => {
    const keys = calls.flatMap(({ path, argument }) => {
      const found = fixedKey.exec(argument)
      return found && !found[3] ? [{ path, key: found[2]! }] : []
    })
    const paths = code.flatMap(({ path, text }) =>
      [...text.matchAll(/\skeypath="([^"]+)"/g)].map(([, key]) => ({ path, key: key! })),
    )
    expect(keys.length).toBeGreaterThan(100)
    expect([...keys, ...paths].filter(({ key }) => !reference.has(key))).toEqual([])
  })

  it('are never assembled from strings, so that a search finds them', () => {
    // A closed family has a map of complete keys: `t(labels[state])`.
    expect(calls.filter(({ argument }) => fixedKey.exec(argument)?.[3] || /^`[^`]*\$\{/.test(argument))).toEqual([])
  })

  it('are all used: each occurs somewhere in the code', () => {
    const everything = code.map(({ text }) => text).join('\n')
    expect(
      [...reference.keys()].filter((key) => !everything.includes(`'${key}'`) && !everything.includes(`"${key}"`)),
    ).toEqual([])
  })
})

describe('what customers read', () => {
  /** The parts that their pages fetch (`customerTexts` in nuxt.config.ts); all others come with the staff's pages. */
  const customers = new Set(keysOf('i18n/locales/en/{common,customer,errors}.json').map(([key]) => key))
  const pages = code.filter(({ path, text }) => path.startsWith('pages/') && text.includes("texts: 'customer'"))
  const named = /(['"`])([a-z]\w*(?:\.\w+)+)\1/gi

  it('is on the pages that are marked as theirs', () => {
    expect(pages.map(({ path }) => path)).toEqual([
      'pages/[pizzeria]/index.vue',
      'pages/[pizzeria]/orders/[tracking].vue',
      'pages/[pizzeria]/shared/[share].vue',
      'pages/index.vue',
    ])
  })

  it('[WEB-9] is all in the files that their pages fetch', () => {
    const starts = ['app.vue', 'error.vue', ...sources(['plugins/*.ts']).map(({ path }) => path)]
    const files = reachedFrom([...starts, ...pages.map(({ path }) => path)])
    // Through an import, an import for later, and a component with and without `Lazy`.
    expect(files).toEqual(
      expect.arrayContaining([
        'composables/useErrorText.ts',
        'components/basket/CheckoutWhen.vue',
        'components/menu/MenuHero.vue',
        'components/app/ErrorPage.vue',
        'shared/order/money.ts',
      ]),
    )
    expect(files).not.toContain('components/kitchen/KitchenScreen.vue')
    const used = sources(files.map((path) => path.replace(/[[\]]/g, '[$&]'))).flatMap(({ path, text }) =>
      [...text.matchAll(named)].map(([, , key]) => ({ path, key: key! })),
    )
    // A refusal's code may be spelled like a key, and is none.
    const wrong = used.filter(({ key }) => reference.has(key) && !customers.has(key) && !(key in rejections))
    expect(used.length).toBeGreaterThan(200)
    expect(wrong).toEqual([])
  })
})
