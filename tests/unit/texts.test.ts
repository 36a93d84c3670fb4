import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allergens, diets, languages } from '../../shared/menu/words'
import { mode } from '../../shared/order/modes'
import { orderStates } from '../../shared/order/order'
import { rejections } from '../../shared/order/rejections'

type Tree = { [key: string]: string | Tree }
const read = (language: string, part: string): Tree =>
  JSON.parse(readFileSync(`i18n/locales/${language}/${part}.json`, 'utf8')) as Tree
const at = (tree: Tree | string | undefined, path: string): Tree | string | undefined =>
  path
    .split('.')
    .reduce<Tree | string | undefined>((node, key) => (typeof node === 'object' ? node[key] : undefined), tree)

const leaves = (tree: Tree, prefix = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : leaves(value, `${prefix}${key}.`),
  )

describe.each(languages)('the texts in %s', (language) => {
  it('have a sentence for every error, and none for errors that do not exist', () => {
    const errors = read(language, 'errors')
    expect(leaves(errors).sort()).toEqual(
      Object.keys(rejections)
        .map((code) => `errors.${code}`)
        .sort(),
    )
    for (const code of Object.keys(rejections)) expect(at(errors, `errors.${code}`), code).toMatch(/\S.*[.!?…]$/)
  })

  it('name every state, mode, allergen and diet', () => {
    const common = read(language, 'common')
    const wanted = [
      ...orderStates.map((state) => `order.state.${state}`),
      ...mode.options.map((one) => `mode.${one}`),
      ...allergens.map((one) => `allergen.${one}`),
      ...diets.map((one) => `diet.${one}`),
    ]
    expect(wanted.filter((path) => typeof at(common, path) !== 'string')).toEqual([])
  })
})
