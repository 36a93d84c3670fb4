import type { Layer } from './art.ts'
import { randomFrom } from '../random.ts'
import { blob, dots, oval } from './shapes.ts'

/** What a crust id looks like; an unknown one is drawn as classic. */
const doughs = {
  classic: { edge: '#a9642a', body: '#dd9f52', light: '#f6d08d', toast: '#a55a22', char: '#4e2712', lip: '#8f4a1e' },
  wholegrain: { edge: '#7c4a22', body: '#b57d43', light: '#d9ab70', toast: '#7a4218', char: '#3d1f0f', lip: '#6d3c1a' },
} as const

const sauces = {
  tomato: { base: '#c73521', light: '#e0492d', dark: '#a8240f', oil: '#f58a3c' },
  cream: { base: '#f5dfae', light: '#fdf1d0', dark: '#e6c17a', oil: '#fffaf0' },
  pesto: { base: '#7f9340', light: '#a3b45c', dark: '#586f2c', oil: '#d3d27c' },
  none: { base: '#eecb88', light: '#f8e2b0', dark: '#d5a253', oil: '#e3b44c' },
} as const

const ring = (radius: number, wobble: number, random: () => number, points = 13) =>
  blob(Array.from({ length: points }, () => radius + (random() - 0.5) * wobble))

/** Blisters along the rim, `count` of them, each its own size. */
function blisters(count: number, size: number, random: () => number): string {
  return Array.from({ length: count }, (_, index) => {
    const angle = ((index + random() * 0.9) / count) * 2 * Math.PI
    const distance = 41.6 + random() * 2.6
    const rx = size * (0.7 + random() * 1.1)
    return oval(
      Math.cos(angle) * distance,
      Math.sin(angle) * distance,
      rx,
      rx * (0.36 + random() * 0.2),
      (angle * 180) / Math.PI + 90,
    )
  }).join('')
}

/** A stroke along the rim, lit from the upper left. */
function shine(radius: number, from: number, to: number): string {
  const at = (degrees: number) =>
    `${Math.cos((degrees * Math.PI) / 180) * radius} ${Math.sin((degrees * Math.PI) / 180) * radius}`
  return `M${at(from)}A${radius} ${radius} 0 0 1 ${at(to)}`
}

/** The pizza before anything is laid on it: shadow, crust with its blisters, sauce. */
export function bareBase(sauce: string, crust: string | null, seed: number): Layer[] {
  const random = randomFrom(seed)
  const dough = crust === 'wholegrain' ? doughs.wholegrain : doughs.classic
  const colour = Object.hasOwn(sauces, sauce) ? sauces[sauce as keyof typeof sauces] : sauces.none
  return [
    { outline: oval(0.4, 1.6, 47.6, 47.4), fill: '#3a1d0b', opacity: 0.16 },
    { outline: ring(47.2, 1.5, random), fill: dough.edge },
    { outline: ring(46, 1.4, random), fill: dough.body },
    {
      outline: shine(43.6, 168, 205) + shine(43.2, 212, 262) + shine(43.5, 270, 300) + shine(43.4, 20, 38),
      stroke: dough.light,
      width: 2.6,
      opacity: 0.9,
    },
    { outline: blisters(14, 2.4, random), fill: dough.toast, opacity: 0.5 },
    { outline: blisters(12, 1.3, random), fill: dough.char, opacity: 0.78 },
    ...(crust === 'wholegrain' ? [{ outline: blisters(34, 0.4, random), fill: '#4a2a12', opacity: 0.7 }] : []),
    { outline: ring(39.9, 1, random), fill: dough.lip, opacity: 0.75 },
    ...(crust === 'filled' ? filling(random) : []),
    { outline: ring(38.6, 1.5, random), fill: colour.dark },
    { outline: ring(36.8, 2.2, random), fill: colour.base },
    { outline: ring(25, 7, random, 11), fill: colour.light, opacity: 0.35 },
    { outline: sauceSwirls(random), stroke: colour.light, width: 2.6, opacity: 0.8 },
    { outline: sauceSwirls(random), stroke: colour.dark, width: 1.8, opacity: 0.4 },
    { outline: droplets(random), stroke: colour.oil, width: 1.7, opacity: 0.65 },
  ]
}

/** Ricotta that wells out of a filled rim. */
function filling(random: () => number): Layer[] {
  const dots = (radius: number) =>
    Array.from({ length: 28 }, (_, index) => {
      const angle = (index / 28) * 2 * Math.PI
      return oval(
        Math.cos(angle) * 40.4,
        Math.sin(angle) * 40.4,
        radius + random() * 0.5,
        radius,
        (angle * 180) / Math.PI,
      )
    }).join('')
  return [
    { outline: dots(2.9), fill: '#d9b878' },
    { outline: dots(2.2), fill: '#fff6df' },
  ]
}

/** Drops of oil. */
const droplets = (random: () => number) =>
  dots(
    ...Array.from({ length: 16 }, () => {
      const angle = random() * 2 * Math.PI
      const distance = 35 * Math.sqrt(random())
      return [Math.cos(angle) * distance, Math.sin(angle) * distance] as const
    }),
  )

/** Short arcs, as the back of the ladle leaves them. */
function sauceSwirls(random: () => number): string {
  return Array.from({ length: 8 }, () => {
    const from = random() * 360
    return shine(6 + random() * 29, from, from + 14 + random() * 26)
  }).join('')
}
