import type { Art } from './art.ts'
import { blob, circle, dots, oval } from './shapes.ts'

const ribbon =
  'M-8 -1.6C-6 -4.6 -3.6 -1.2 -1.4 -3.2C0.8 -5.2 3.4 -1.8 7.6 -3.4C8.6 -1.4 8.2 1 7.2 2.6C4.4 4.6 2.6 1.8 0.2 ' +
  '3.4C-2.4 5 -4.6 2 -7.2 3.2C-8.2 1.8 -8.4 0 -8 -1.6Z'
const ribbonFat =
  'M-8 -1.6C-6 -4.6 -3.6 -1.2 -1.4 -3.2C0.8 -5.2 3.4 -1.8 7.6 -3.4L7.9 -2.2C3.6 -0.4 1 -3.6 -1.2 -1.7C-3.4 0.2 ' +
  '-5.8 -3 -8 -0.2Z'
const ribbonFolds = 'M-5.4 -0.6Q-4.8 1 -5.2 2.4M-1.6 -1.2Q-0.8 0.8 -1.2 2.8M3 -1.4Q3.8 0.4 3.2 2'

export const meats: Record<string, Art> = {
  ham: {
    lie: 'slice',
    count: 6,
    radius: 6,
    looks: [
      [
        { outline: blob([6.6, 5.4, 6.1, 5.2, 6.5, 5, 6.2]), fill: '#fbd3c4' },
        { outline: blob([5.7, 4.5, 5.2, 4.3, 5.6, 4.1, 5.3]), fill: '#f2a49b' },
        { outline: 'M-4.2 -1Q-0.6 -3 0.4 0.2Q1.2 2.8 4.4 1.4', stroke: '#d67b76', width: 0.9 },
        { outline: oval(-1.8, 2, 1.6, 0.7, 15) + oval(2, -2.4, 1.5, 0.6, 20), fill: '#fbc4b8' },
      ],
    ],
  },
  prosciutto: {
    lie: 'slice',
    count: 5,
    radius: 7.4,
    looks: [
      [
        { outline: ribbon, fill: '#d2545a' },
        { outline: ribbonFat, fill: '#f9d5c8' },
        { outline: ribbonFolds, stroke: '#b03a44', width: 0.8 },
        { outline: 'M-6.6 1.2Q-4 -0.4 -1.8 1Q0.6 2.2 3 0.6Q5 -0.4 7 0.6', stroke: '#ec8f8b', width: 0.8 },
      ],
    ],
  },
  'spicy-salami': {
    lie: 'slice',
    count: 9,
    radius: 5.5,
    looks: [
      [
        { outline: circle(0, 0, 5.4), fill: '#7f170f' },
        { outline: circle(-0.15, -0.25, 4.7), fill: '#bf2f1d' },
        { outline: 'M-3.8 -1.4A4.1 4.1 0 0 1 0.6 -4.2', stroke: '#ea7048', width: 0.8 },
        {
          outline: dots([-1.6, -0.6], [1.2, -2], [2.2, 0.9], [-0.4, 2.2], [-2.8, 1.8], [0.5, 0.3]),
          stroke: '#f5b796',
          width: 1.3,
        },
      ],
    ],
  },
  nduja: {
    lie: 'slice',
    count: 8,
    radius: 4,
    flat: true,
    looks: [
      [
        { outline: blob([4.8, 3.9, 4.5, 3.7, 4.6]), fill: '#f09a3e', opacity: 0.6 },
        { outline: blob([3.5, 2.6, 3.3, 2.4, 3.2]), fill: '#a81f0e' },
        { outline: blob([2.6, 1.8, 2.4, 1.6, 2.3], -0.3, -0.4), fill: '#da431c' },
        { outline: dots([-0.9, -1], [1.1, 0.5], [0.4, -1.4]), stroke: '#ffb37c', width: 0.8 },
      ],
    ],
  },
  sausage: {
    lie: 'slice',
    count: 10,
    radius: 3.7,
    looks: [
      [
        { outline: blob([3.9, 3.3, 3.6, 2.8, 3.7]), fill: '#77402a' },
        { outline: blob([3.1, 2.5, 2.8, 2, 2.9], -0.3, -0.4), fill: '#b06f4b' },
        { outline: dots([-1.2, -1], [0.9, -0.5], [-0.1, 1]), stroke: '#e2ab85', width: 1.1 },
        { outline: dots([1.5, 1], [-1.7, 0.6], [0.2, -1.8]), stroke: '#4d6a2c', width: 0.7 },
      ],
    ],
  },
  speck: {
    lie: 'slice',
    count: 5,
    radius: 7,
    looks: [
      [
        { outline: ribbon, fill: '#8c2b35' },
        { outline: ribbonFat, fill: '#f0cbb4' },
        { outline: ribbonFolds, stroke: '#571722', width: 0.9 },
        { outline: 'M-7 2Q-4.4 1 -2 2.6M1.4 1.8Q4 2.6 6.8 1', stroke: '#bb5a58', width: 0.9 },
      ],
    ],
  },
  mortadella: {
    lie: 'slice',
    count: 5,
    radius: 7.6,
    looks: [
      [
        { outline: blob([7.7, 7.1, 7.5, 6.9, 7.8, 7, 7.4]), fill: '#dd8a85' },
        { outline: blob([6.9, 6.3, 6.7, 6.1, 7, 6.2, 6.6], -0.2, -0.4), fill: '#f6b8ae' },
        {
          outline: 'M-5.6 0.6C-3 -2.6 -1.6 1.6 0.6 -0.6C2.4 -2.4 4 0.8 6 -0.8M-3.4 4Q-0.6 2 2.6 4.2',
          stroke: '#df8f89',
          width: 0.9,
        },
        { outline: dots([-3, -3], [1.6, -3.6], [3.6, 2], [-1.4, 2.2], [-4.4, 1.8]), stroke: '#fff1e6', width: 1.6 },
        { outline: oval(-0.6, -2.4, 0.9, 0.6, 30) + oval(2.6, 3.8, 0.9, 0.6, -20), fill: '#8ea648' },
      ],
    ],
  },
  guanciale: {
    lie: 'slice',
    count: 12,
    radius: 3.4,
    looks: [
      [
        { outline: 'M-3.6 -0.4Q0 -2.6 3.6 -0.8L3.4 1.6Q0 0 -3.2 2Z', fill: '#8f3d2a' },
        { outline: 'M-3.5 0.1Q0 -1.9 3.5 -0.2L3.5 0.7Q0 -0.9 -3.4 1.1Z', fill: '#f7d4a8' },
        { outline: 'M-3.6 -0.4Q0 -2.6 3.6 -0.8L3.6 -0.3Q0 -2 -3.5 0.1Z', fill: '#c4674a' },
      ],
    ],
  },
}
