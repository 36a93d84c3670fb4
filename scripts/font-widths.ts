import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findBrowser } from './browser.ts'
import { root } from './steps.ts'

/**
 * Run `node scripts/font-widths.ts` after an update of the kitchen's font. It measures the letters in Chromium and
 * writes `shared/kitchen/font-widths.ts`, so that the server and the measurements break rows as a browser does.
 */
const weights = [500, 700, 800]
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)
const letters = [...range(0x20, 0x7e), ...range(0xa1, 0x17f), 0x2013, 0x2014, 0x2018, 0x2019, 0x201c, 0x201d, 0x2026]
  .filter((code) => code !== 0xad)
  .map((code) => String.fromCharCode(code))

const files = join(root, 'node_modules/@fontsource-variable/bricolage-grotesque/files')
const faces = ['latin', 'latin-ext'].map((subset) =>
  readFileSync(join(files, `bricolage-grotesque-${subset}-wdth-normal.woff2`)).toString('base64'),
)

const browser = await chromium.launch(findBrowser())
try {
  const page = await browser.newPage()
  const widths = await page.evaluate(
    async ({ faces, weights, letters }) => {
      const families = await Promise.all(
        faces.map(async (data, at) => {
          const face = new FontFace(`Face ${at}`, `url(data:font/woff2;base64,${data})`, {
            weight: '200 800',
            stretch: '75% 100%',
          })
          document.fonts.add(await face.load())
          return `"Face ${at}"`
        }),
      )
      const context = document.createElement('canvas').getContext('2d')!
      return Object.fromEntries(
        weights.map((weight) => {
          context.font = `${weight} condensed 1000px ${families.join(', ')}`
          context.fontKerning = 'none'
          context.textRendering = 'geometricPrecision'
          return [weight, letters.map((letter) => Math.round(context.measureText(letter).width))]
        }),
      )
    },
    { faces, weights, letters },
  )
  /** Splits a text into strings that each fit on a line. */
  const broken = (text: string, size: number) =>
    [...text.matchAll(new RegExp(`.{1,${size}}`, 'gsu'))].map(([part]) => JSON.stringify(part)).join(' +\n    ')
  const tables = weights.map((weight) => `  ${weight}: ${broken(widths[weight]!.join(' '), 100)},`)
  const source = [
    '/* Made by scripts/font-widths.ts from the font package; do not edit. */',
    '',
    '/** The letters that were measured, in the order of the widths. */',
    `export const letters =\n  ${broken(letters.join(''), 40)}`,
    '',
    '/** Advance widths in thousandths of an em, at 75 % stretch and without kerning, by weight. */',
    `export const widths = {\n${tables.join('\n')}\n}`,
  ].join('\n')
  writeFileSync(join(root, 'shared/kitchen/font-widths.ts'), `${source}\n`)
} finally {
  await browser.close()
}
