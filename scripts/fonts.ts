import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
// @ts-expect-error -- it has no types
import subsetFont from 'subset-font'

/**
 * Makes the fonts of the first paint: the letters of our languages only, in the weights that we use. All others come
 * from the whole fonts (`@fontsource-variable`), when a name needs them. Writes assets/fonts; run it after an update of
 * those packages.
 */
const range = (from: number, to: number) =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, at) => from + at))
const letters = range(0x20, 0x7e) + range(0xa0, 0xff) + 'Œœ€‘’“”…–—\u{202F}'

const fonts = [
  { file: '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', name: 'inter', min: 400, max: 700 },
  {
    file: '@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2',
    name: 'bricolage-grotesque',
    min: 800,
    max: 800,
  },
]

const root = join(import.meta.dirname, '..')
mkdirSync(join(root, 'assets/fonts'), { recursive: true })
for (const { file, name, min, max } of fonts) {
  const whole = readFileSync(join(root, 'node_modules', file))
  const part = await subsetFont(whole, letters, {
    targetFormat: 'woff2',
    variationAxes: { wght: min === max ? min : { min, max } },
  })
  writeFileSync(join(root, `assets/fonts/${name}.woff2`), part)
  console.log(`${name}: ${(whole.length / 1000).toFixed(1)} kB, ${(part.length / 1000).toFixed(1)} kB`)
}
