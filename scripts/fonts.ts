import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
// @ts-expect-error -- it has no types
import subsetFont from 'subset-font'

/**
 * Makes the fonts of the first paint: the letters of our languages and of their neighbours, in the weights that we use.
 * All others come from the whole fonts (`@fontsource-variable`), when a name needs them. Writes assets/fonts and says
 * the `unicode-range` that assets/css/main.css must have; run it after an update of those packages.
 */
const range = (from: number, to: number) =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, at) => from + at))
const capitals = 'ÀÁÂÄÇÈÉÊËÌÍÎÏÑÒÓÔÖÙÚÛÜŒ'
const signs = '«»¡¿×½°·−€‘’“”…–—\u{A0}\u{202F}'
const letters = `${range(0x20, 0x7e)}${capitals}${capitals.toLowerCase()}ß${signs}`

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

/** Code points as CSS writes them, neighbours joined. */
function unicodeRange(text: string): string {
  const points = [...new Set(text)].map((letter) => letter.codePointAt(0)!).sort((a, b) => a - b)
  const runs = points.reduce<[number, number][]>((runs, point) => {
    const last = runs.at(-1)
    if (last && last[1] === point - 1) last[1] = point
    else runs.push([point, point])
    return runs
  }, [])
  const hex = (point: number) => point.toString(16).toUpperCase()
  return runs.map(([from, to]) => `U+${hex(from)}${to > from ? `-${hex(to)}` : ''}`).join(', ')
}
console.log(`unicode-range: ${unicodeRange(letters)};`)
