import type { Art } from './art.ts'
import { blob, circle, dots, oval } from './shapes.ts'

export const cheeses: Record<string, Art> = {
  mozzarella: {
    lie: 'ground',
    count: 7,
    radius: 7.6,
    flat: true,
    looks: [
      [
        { outline: blob([8.4, 7, 7.2, 8.1, 6.4, 7.6, 8.3, 6.6, 7.1]), fill: '#f5d9a0' },
        { outline: blob([6.9, 5.6, 5.8, 6.7, 5.1, 6.2, 6.9, 5.3, 5.8]), fill: '#fff3d6' },
        {
          outline: oval(-2.4, 1.8, 1.7, 1, 20) + oval(2.8, -2, 1.2, 0.8, -30) + circle(1.8, 3, 0.7),
          fill: '#d89545',
          opacity: 0.55,
        },
        { outline: oval(-1.8, -2.6, 2.2, 0.9, -25), fill: '#ffffff', opacity: 0.8 },
      ],
    ],
  },
  'buffalo-mozzarella': {
    lie: 'ground',
    count: 6,
    radius: 7.4,
    looks: [
      [
        { outline: blob([7.8, 6.4, 7.1, 6, 7.6, 6.6, 7]), fill: '#efe4cc' },
        { outline: blob([6.8, 5.6, 6.1, 5.2, 6.6, 5.7, 6.1], -0.4, -0.5), fill: '#fffdf6' },
        { outline: 'M-3.5 1.8Q-0.5 3.6 3 2.2M-2.6 -0.6Q-0.4 0.6 1.6 -0.2', stroke: '#ddcfb0', width: 0.7 },
      ],
    ],
  },
  burrata: {
    lie: 'centre',
    count: 1,
    radius: 12.5,
    looks: [
      [
        { outline: blob([13, 12.2, 12.8, 11.8, 13.2, 12, 12.7, 11.9, 12.6]), fill: '#f3e6c8' },
        { outline: blob([11, 10.6, 11, 10.4, 11.1, 10.5, 10.9, 10.5, 10.8], -0.3, -0.6), fill: '#fffdf7' },
        {
          outline:
            'M-7 4Q-1 8.6 6.6 4.6M-0.6 -2.4Q-3 0.6 -2.6 3.6M1 -2.4Q3.4 -0.2 4 2.8M-0.4 -4.4Q-4 -5.4 -6.4 -3.8M1 ' +
            '-4.6Q4.4 -6.2 6.4 -4.6',
          stroke: '#e4d5b2',
          width: 0.9,
        },
        { outline: blob([3, 2.2, 2.8, 2, 3.1, 2.2], 0.2, -3.6), fill: '#f6ebd0' },
        { outline: oval(-5, -5.4, 2.6, 1.2, -40), fill: '#ffffff' },
        { outline: dots([2.4, 5.4], [-4.2, 1.6], [6.4, -0.6], [-1, 7.4]), stroke: '#4c4238', width: 0.6 },
      ],
    ],
  },
  'smoked-provola': {
    lie: 'ground',
    count: 7,
    radius: 7.2,
    flat: true,
    looks: [
      [
        { outline: blob([7.9, 6.4, 6.9, 7.8, 6.1, 7.2, 7.9, 6.3, 6.8]), fill: '#d6984a' },
        { outline: blob([6.7, 5.3, 5.8, 6.6, 5, 6.1, 6.7, 5.2, 5.7]), fill: '#f3d088' },
        { outline: oval(-2, -1.4, 2.8, 1.6, 20), fill: '#fbe6b4' },
        { outline: oval(2.6, 2.2, 1.7, 1, 40) + circle(-2.8, 2.8, 0.9), fill: '#b8722c', opacity: 0.6 },
      ],
    ],
  },
  gorgonzola: {
    lie: 'slice',
    count: 7,
    radius: 4.8,
    looks: [
      [
        { outline: blob([4.9, 4, 4.8, 3.8, 5, 4.2]), fill: '#f8ecc9' },
        { outline: oval(-1, -1.6, 2.2, 1.1, -20), fill: '#fffaf0' },
        {
          outline: 'M-3 0.6Q-1.4 -0.6 0 0.8Q1.4 2 3 0.6M-0.6 2.8Q0.2 1.6 0 0.8M0.8 -3Q1.6 -1.6 0.8 -0.4',
          stroke: '#5f8690',
          width: 0.9,
        },
        { outline: dots([-1.8, 2], [2.4, -1.4]), stroke: '#7ca0a3', width: 1.2 },
      ],
    ],
  },
  'goat-cheese': {
    lie: 'slice',
    count: 6,
    radius: 6,
    looks: [
      [
        { outline: blob([6.1, 5.8, 6, 5.7, 6.1, 5.8, 5.9, 5.8]), fill: '#e3cfa0' },
        { outline: circle(-0.2, -0.2, 5), fill: '#fffaf0' },
        { outline: oval(1, 1.2, 2.9, 2.1, 30), fill: '#f0c987', opacity: 0.75 },
        { outline: oval(1.6, 1.5, 1.4, 0.9, 30) + circle(-2.2, -1.8, 0.6), fill: '#c98742', opacity: 0.7 },
      ],
    ],
  },
  ricotta: {
    lie: 'slice',
    count: 7,
    radius: 4.3,
    looks: [
      [
        { outline: blob([4.6, 3.6, 4.2, 3.4, 4.4, 3.7, 4.1]), fill: '#ead9b4' },
        { outline: blob([3.9, 3, 3.5, 2.8, 3.7, 3.1, 3.4], -0.3, -0.5), fill: '#fffbf2' },
        { outline: 'M-1.8 0.2Q0 1.6 1.8 0.4M0.4 -1.6Q1.4 -1.2 1.6 -0.4', stroke: '#dccaa2', width: 0.6 },
      ],
    ],
  },
  parmesan: {
    lie: 'leaf',
    count: 8,
    radius: 4.6,
    looks: [
      [
        { outline: 'M-4.8 0.6Q-3 -2.4 0.6 -2.2Q4 -2 4.8 0.2Q3.6 2.2 0.4 1.6Q-2.6 1 -4.8 0.6Z', fill: '#f9e7ae' },
        { outline: 'M-4.8 0.6Q-2.6 1 0.4 1.6Q3.6 2.2 4.8 0.2Q3.4 1 0.6 0.6Q-2 0.2 -4.8 0.6Z', fill: '#d5a852' },
        { outline: 'M-2.6 -0.8Q0 -1.8 2.8 -0.8', stroke: '#fffbea', width: 0.6 },
      ],
    ],
  },
}
