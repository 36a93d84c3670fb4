import type { MenuItem } from '../menu/menu.ts'
import type { Layer } from './art.ts'
import { dishOf } from './names.ts'
import { blob, circle, dots, oval } from './shapes.ts'

type Other = Exclude<MenuItem['kind'], 'pizza'>

const shade = (rx: number, y: number): Layer => ({ outline: oval(0, y, rx, 3.4), fill: '#3a1d0b', opacity: 0.14 })
const plate: Layer[] = [
  shade(42, 27),
  { outline: oval(0, 18, 41, 14), fill: '#d9c9ab' },
  { outline: oval(0, 16, 41, 14), fill: '#fffdf8' },
  { outline: oval(0, 16, 29, 9), fill: '#efe4cf' },
]

const bottle = (glass: string, light: string, label: string): Layer[] => [
  shade(18, 44),
  {
    outline:
      'M-5 -44L5 -44L5 -28C5 -20 14 -18 14 -6L14 38Q14 44 8 44L-8 44Q-14 44 -14 38L-14 -6C-14 -18 -5 -20 -5 -28Z',
    fill: glass,
  },
  { outline: 'M-9 -6C-9 -14 -3 -16 -2.4 -24L-2.4 -34', stroke: light, width: 3, opacity: 0.8 },
  { outline: 'M-14 4L14 4L14 26L-14 26Z', fill: label },
  { outline: 'M-8 12L8 12M-5 18L5 18', stroke: '#6b4a2a', width: 2 },
  { outline: 'M-6 -46L6 -46L6 -39L-6 -39Z', fill: '#b97a12' },
]

const can = (body: string, light: string, label: string): Layer[] => [
  shade(20, 43),
  { outline: 'M-18 -34L-14 -40L14 -40L18 -34L18 36L14 43L-14 43L-18 36Z', fill: body },
  { outline: 'M-12 -32L-12 34', stroke: light, width: 4, opacity: 0.7 },
  { outline: 'M-18 10C-8 -8 6 18 18 -6L18 12C6 32 -8 6 -18 26Z', fill: label },
  { outline: oval(0, -39, 14, 3.6), fill: '#e7e4df' },
  { outline: oval(2, -39.4, 5, 1.3), fill: '#aea69a' },
]

const wine = (liquid: string, light: string, bubbles: boolean): Layer[] => [
  shade(20, 45),
  { outline: 'M0 12L0 42', stroke: '#d8d3c6', width: 4 },
  { outline: oval(0, 43, 17, 3.4), fill: '#e7e2d5' },
  {
    outline: bubbles
      ? 'M-10 -44L10 -44C12 -20 12 8 0 14C-12 8 -12 -20 -10 -44Z'
      : 'M-16 -40L16 -40C22 -16 18 12 0 14C-18 12 -22 -16 -16 -40Z',
    fill: '#f3f1ea',
  },
  {
    outline: bubbles
      ? 'M-10.6 -26L10.6 -26C11.4 -8 9.6 7 0 11.6C-9.6 7 -11.4 -8 -10.6 -26Z'
      : 'M-18.4 -18C-10 -22 10 -14 18.4 -18C18.6 0 14 10 0 11.4C-14 10 -18.6 0 -18.4 -18Z',
    fill: liquid,
  },
  ...(bubbles
    ? [{ outline: dots([-3, -18], [3, -10], [-2, -4], [4, -20], [1, 2]), stroke: '#fffdf0', width: 2.2 }]
    : []),
  { outline: bubbles ? 'M-6 -36L-6 -8' : 'M-11 -32C-13 -20 -13 -10 -11 -4', stroke: light, width: 2.4, opacity: 0.7 },
]

const crisp = (body: string, light: string, dark: string): Layer[] => [
  ...plate,
  {
    outline: [
      [-17, 6],
      [17, 6],
      [0, 10],
      [-9, -8],
      [9, -8],
    ]
      .map(([x, y]) => blob([11.5, 10.4, 11.2, 10.6, 11.4, 10.2, 11], x, y))
      .join(''),
    fill: dark,
  },
  {
    outline: [
      [-17.6, 5.2],
      [16.4, 5.2],
      [-0.6, 9.2],
      [-9.6, -8.8],
      [8.4, -8.8],
    ]
      .map(([x, y]) => circle(x!, y!, 9.6))
      .join(''),
    fill: body,
  },
  {
    outline: [
      [-20, 2],
      [14, 2],
      [-3, 6],
      [-12, -12],
      [6, -12],
    ]
      .map(([x, y]) => oval(x!, y!, 3.6, 2, -35))
      .join(''),
    fill: light,
  },
  {
    outline: dots([-14, 8], [19, 8], [3, 12], [-6, -6], [11, -5], [-20, 8], [-1, 3]),
    stroke: dark,
    width: 1.7,
    opacity: 0.7,
  },
  { outline: 'M16 -2C20 -12 30 -12 34 -8C30 0 22 2 16 -2Z', fill: '#458c3e' },
]

const bread: Layer[] = [
  shade(43, 30),
  {
    outline: 'M-44 8C-42 -14 -22 -24 4 -22C30 -20 46 -8 44 10C42 26 20 30 -4 29C-28 28 -45 24 -44 8Z',
    fill: '#a9642a',
  },
  { outline: 'M-41 4C-39 -14 -20 -22 4 -20C28 -18 43 -8 41 6C39 20 20 24 -4 23C-26 22 -42 18 -41 4Z', fill: '#e6b264' },
  { outline: 'M-30 -2C-24 -12 -8 -15 6 -14', stroke: '#f8dca0', width: 4 },
  { outline: dots([-22, 4], [-6, -4], [10, 2], [24, -6], [-12, 13], [6, 14], [26, 9]), stroke: '#bd7a36', width: 5.5 },
  { outline: 'M-16 0L-10 6M-1 6L5 2M16 -8L20 -1M-26 12L-19 12M14 12L20 15M30 1L34 5', stroke: '#33702f', width: 2.6 },
  { outline: dots([-30, 6], [0, -10], [18, 6], [-4, 18], [32, -3], [-16, -10]), stroke: '#fffdf8', width: 2 },
]

const salad: Layer[] = [
  shade(38, 38),
  { outline: blob([40, 33, 37, 31, 39, 33, 41, 32, 38], 0, -4), fill: '#33702f' },
  { outline: blob([32, 26, 31, 25, 33, 27, 30], -3, -9), fill: '#65a95d' },
  { outline: 'M-24 -16Q-8 -22 0 -6M22 -20Q8 -22 4 -4M-8 -30Q-2 -18 0 -8', stroke: '#bfdfb9', width: 2 },
  { outline: circle(-16, -8, 8) + circle(14, -14, 8.6) + circle(1, -24, 6.6), fill: '#f2d06b' },
  { outline: oval(-18, -11, 3, 1.6, -30) + oval(12, -17, 3, 1.6, -30), fill: '#ffffff', opacity: 0.6 },
  { outline: 'M-42 4L42 4C40 28 24 40 0 40C-24 40 -40 28 -42 4Z', fill: '#fffdf8' },
  { outline: 'M-41.4 8L41.4 8', stroke: '#c2331a', width: 2.4 },
  { outline: 'M-42 4L42 4C40 28 24 40 0 40C22 30 30 18 32 8L-42 8Z', fill: '#e8d8b8', opacity: 0.55 },
]

/** Drawings of single dishes; view box `-50 -50 100 100`. */
const byItem: Record<string, Layer[]> = {
  focaccia: bread,
  bruschetta: [
    ...bread,
    { outline: circle(-14, -2, 6) + circle(4, 4, 6.6) + circle(20, -4, 6), fill: '#df4526' },
    { outline: oval(-16, -4, 2, 1, -30) + oval(2, 2, 2, 1, -30) + oval(18, -6, 2, 1, -30), fill: '#fbc5b3' },
  ],
  insalata: salad,
  caprese: [
    ...plate,
    { outline: oval(-22, 6, 12, 15, 12) + oval(0, 4, 12, 15, 12) + oval(22, 6, 12, 15, 12), fill: '#a02717' },
    {
      outline: oval(-21, 6, 10.4, 13.4, 12) + oval(1, 4, 10.4, 13.4, 12) + oval(23, 6, 10.4, 13.4, 12),
      fill: '#ef5a3c',
    },
    { outline: oval(-11, 4, 10, 14, 12) + oval(11, 4, 10, 14, 12), fill: '#e3d5b6' },
    { outline: oval(-10, 3.6, 8.8, 12.8, 12) + oval(12, 3.6, 8.8, 12.8, 12), fill: '#fffdf6' },
    {
      outline: 'M-24 -8C-26 -18 -14 -22 -8 -18C-8 -10 -16 -4 -24 -8ZM6 -10C2 -20 12 -28 20 -25C22 -16 14 -8 6 -10Z',
      fill: '#458c3e',
    },
    { outline: 'M-23 -8Q-16 -12 -10 -17M7 -11Q13 -17 18 -23', stroke: '#93c78b', width: 1.2 },
  ],
  arancini: crisp('#e3973a', '#f9cf86', '#a65a1c'),
  'olive-ascolane': crisp('#c9973f', '#efcf8c', '#86571d'),
  tiramisu: [
    ...plate,
    { outline: 'M-26 -16L22 -22L28 -14L28 14L-22 20L-26 12Z', fill: '#f8e6c2' },
    { outline: 'M-26 -4L-22 2L28 -4L28 3L-22 9L-26 3Z', fill: '#a9713c' },
    { outline: 'M-26 -16L22 -22L28 -14L-22 -8Z', fill: '#5b3420' },
    { outline: 'M-22 -8L28 -14L28 -9L-22 -3Z', fill: '#fffaf0' },
    { outline: dots([-12, -14], [2, -17], [14, -17], [-4, -12], [10, -14], [20, -16]), stroke: '#8a5a3a', width: 2 },
    { outline: 'M2 -22C0 -32 8 -36 14 -36C16 -28 10 -22 2 -22Z', fill: '#458c3e' },
  ],
  'panna-cotta': [
    ...plate,
    { outline: 'M-16 -24Q0 -30 16 -24L24 12Q0 24 -24 12Z', fill: '#efe0c4' },
    { outline: 'M-16 -24Q0 -30 14 -25L18 12Q0 20 -24 12Z', fill: '#fffaf0' },
    {
      outline: 'M-17 -22Q0 -32 17 -22L19 -10Q15 -4 13 -10Q9 2 5 -8Q0 8 -5 -8Q-9 -2 -12 -10Q-16 -4 -19 -12Z',
      fill: '#b3202e',
    },
    { outline: circle(-5, -27, 5) + circle(6, -28, 5.4), fill: '#7d1430' },
    { outline: dots([-6.6, -29], [4, -30]), stroke: '#f3a3ad', width: 2.4 },
  ],
  cannolo: [
    ...plate,
    { outline: 'M-30 2L24 -18Q32 -14 33 -2L-22 18Q-32 14 -30 2Z', fill: '#a65a1c' },
    { outline: 'M-28 4L24 -15Q30 -12 31 -4L-22 14Q-30 12 -28 4Z', fill: '#dd9a4c' },
    { outline: 'M-14 0L-8 8M0 -5L6 3M13 -10L19 -2', stroke: '#a65a1c', width: 2 },
    {
      outline: blob([10, 8.6, 9.6, 8.4, 10, 8.8], -28, 9) + blob([10, 8.6, 9.6, 8.4, 10, 8.8], 31, -10),
      fill: '#fffaf0',
    },
    { outline: dots([-32, 8], [-26, 13], [-28, 4], [30, -14], [34, -8], [28, -7]), stroke: '#7d9a34', width: 3 },
  ],
  gelato: [
    shade(20, 45),
    { outline: 'M-19 2L19 2L2 44Q0 46 -2 44Z', fill: '#d9973f' },
    { outline: 'M-12 4L6 30M0 4L10 20M12 4L-6 30M0 4L-10 20', stroke: '#a9642a', width: 1.8 },
    { outline: blob([15, 13.6, 15, 13.8, 14.6, 13.6, 15], -10, -9), fill: '#a3b45c' },
    { outline: blob([15, 13.6, 15, 13.8, 14.6, 13.6, 15], 11, -9), fill: '#fff3d6' },
    { outline: blob([15.4, 14, 15, 14, 15.2, 14, 15], 0, -27), fill: '#b5784a' },
    {
      outline: oval(-5, -33, 5, 2.4, -35) + oval(-15, -14, 4, 2, -35) + oval(6, -14, 4, 2, -35),
      fill: '#ffffff',
      opacity: 0.6,
    },
    { outline: dots([5, -26], [-2, -22], [8, -33]), stroke: '#5b3420', width: 2.2 },
  ],
  'still-water': bottle('#bcdde6', '#ffffff', '#fffdf8'),
  'sparkling-water': [
    ...bottle('#8fc3b4', '#ffffff', '#fffdf8'),
    { outline: dots([-6, 32], [4, 36], [7, -4], [-4, -2], [0, 30], [8, 31]), stroke: '#ffffff', width: 2.4 },
  ],
  cola: can('#a02717', '#f79b80', '#fffdf8'),
  aranciata: can('#ee8a1d', '#ffd28a', '#2a5928'),
  limonata: [
    shade(20, 44),
    { outline: 'M-19 -26L19 -26L15 40Q0 46 -15 40Z', fill: '#f6f2de' },
    { outline: 'M-18 -16L18 -16L14.6 38Q0 43 -14.6 38Z', fill: '#f7e27a' },
    { outline: 'M4 -16L14 -48', stroke: '#c2331a', width: 3 },
    { outline: circle(15, -24, 11), fill: '#e2b91e' },
    { outline: circle(15, -24, 8.6), fill: '#fff0a0' },
    { outline: 'M15 -31.5L15 -16.5M8.6 -27.6L21.4 -20.4M8.6 -20.4L21.4 -27.6', stroke: '#e2b91e', width: 1.4 },
    { outline: 'M-10 -2L-2 -6L2 2L-6 6ZM0 14L8 11L11 19L3 22Z', fill: '#ffffff', opacity: 0.55 },
  ],
  birra: [
    shade(22, 44),
    { outline: 'M15 -14Q32 -14 32 4Q32 24 14 24', stroke: '#e7dcc2', width: 5 },
    { outline: 'M-20 -24L18 -24L18 38Q18 44 12 44L-14 44Q-20 44 -20 38Z', fill: '#dd9a1f' },
    { outline: 'M-14 -12L-14 34M-1 -12L-1 34', stroke: '#f9d273', width: 5, opacity: 0.8 },
    { outline: 'M-21 -27L20 -27L19 -12Q12 -5 8 -12Q2 -3 -4 -11Q-12 -5 -21 -11Z', fill: '#e8cf95' },
    { outline: circle(-13, -26, 13.6) + circle(11, -26, 13.6) + circle(-1, -31, 14.8), fill: '#eadcb8' },
    {
      outline:
        blob([13, 11, 12, 11, 12.6], -13, -26) +
        blob([13, 11, 12, 11, 12.6], 11, -26) +
        blob([14, 12, 13, 12, 13.6], -1, -31) +
        'M-20 -26L18 -26L18 -14Q12 -8 8 -15Q2 -6 -4 -14Q-12 -8 -20 -14Z',
      fill: '#fffdf3',
    },
  ],
  'vino-rosso': wine('#7a1530', '#ffffff', false),
  prosecco: wine('#f3d67a', '#ffffff', true),
  espresso: [
    shade(36, 36),
    { outline: oval(0, 31, 38, 8), fill: '#d9c9ab' },
    { outline: oval(0, 29, 38, 8), fill: '#fffdf8' },
    { outline: 'M22 -6Q38 -8 37 6Q36 18 18 18', stroke: '#f4ead5', width: 5 },
    { outline: 'M-26 -10L26 -10C26 14 18 28 0 28C-18 28 -26 14 -26 -10Z', fill: '#fffdf8' },
    { outline: 'M10 26C20 20 26 8 26 -10L18 -10C18 8 16 18 10 26Z', fill: '#e8d8b8' },
    { outline: oval(0, -10, 26, 7), fill: '#e8d8b8' },
    { outline: oval(0, -9.4, 22, 5.4), fill: '#4a2511' },
    { outline: oval(-3, -9.8, 14, 2.8), fill: '#b5784a' },
    {
      outline: 'M-8 -22Q-14 -28 -8 -34Q-2 -40 -8 -46M8 -22Q2 -28 8 -34Q14 -40 8 -46',
      stroke: '#cfcac2',
      width: 2.6,
      opacity: 0.8,
    },
  ],
}

/** The names of all that is drawn here: `names.ts` says the same to pages that do not draw. */
export const dishesWithArt = Object.keys(byItem)

/** The drawing of a dish that is no pizza: its own, or one of its kind. */
export const iconOf = (id: string, kind: Other): Layer[] => byItem[dishOf(id, kind)]!
