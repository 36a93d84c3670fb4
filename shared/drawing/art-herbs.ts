import type { Art } from './art.ts'
import { blob, circle, dots, oval } from './shapes.ts'

export const herbs: Record<string, Art> = {
  basil: {
    lie: 'leaf',
    count: 5,
    radius: 5.8,
    looks: [
      [
        { outline: 'M-6.4 0.4C-4.6 -4.2 1.4 -5 6.8 -0.4C2.8 4.4 -3.6 5 -6.4 0.4Z', fill: '#2f7a2c' },
        { outline: 'M-6.4 0.4C-4.6 -4.2 1.4 -5 6.8 -0.4Q0 -1 -6.4 0.4Z', fill: '#55a83f' },
        {
          outline:
            'M-7.6 1Q0 -1 6 -0.3M-3.4 0Q-2.2 -1.6 -1 -2.4M-0.4 -0.5Q1 -1.8 2.4 -2.2M-2.6 0Q-1.2 1.4 0.4 2.2M0.8 ' +
            '-0.5Q2 0.8 3.4 1',
          stroke: '#a6d789',
          width: 0.5,
        },
      ],
    ],
  },
  oregano: {
    lie: 'strewn',
    count: 34,
    radius: 1,
    flat: true,
    looks: [
      [{ outline: oval(0, 0, 1.1, 0.5), fill: '#49672a' }],
      [{ outline: oval(0, 0, 0.7, 0.45), fill: '#8fa353' }],
    ],
  },
  rocket: {
    lie: 'leaf',
    count: 9,
    radius: 5.8,
    looks: [
      [
        {
          outline:
            'M-7.2 0.2L-4.4 -0.4Q-4.8 -2.4 -3 -2.2Q-2 -1.8 -1.6 -0.8Q-1.8 -3.4 0.4 -3.2Q1.6 -2.6 1.6 -1.4Q3.6 ' +
            '-3.6 6.8 -1.4Q7.4 0.8 5.4 1.8Q3.4 2.4 1.8 1.2Q2 3.2 0.2 3.2Q-1.4 2.8 -1.6 0.9Q-2 2.4 -3.4 2.2Q-4.6 ' +
            '1.8 -4.4 0.6Z',
          fill: '#347a30',
        },
        { outline: 'M-7 0.2Q0 -0.6 5.6 -0.2M-0.2 -0.2L0.4 -2M3 -0.3L4.4 -1.4', stroke: '#9fce74', width: 0.6 },
      ],
    ],
  },
  egg: {
    lie: 'centre',
    count: 1,
    radius: 11,
    looks: [
      [
        { outline: blob([11.8, 10.2, 11.2, 9.8, 11.6, 10.4, 11.4]), fill: '#f0dfb8' },
        { outline: blob([11, 9.4, 10.4, 9, 10.8, 9.6, 10.6], 0, -0.3), fill: '#fffcf4' },
        { outline: circle(0.6, 0.2, 5.2), fill: '#e88f12' },
        { outline: circle(0.4, -0.1, 4.7), fill: '#fdb827' },
        { outline: oval(-1.4, -1.9, 1.6, 0.8, -40), fill: '#fff2c2' },
        {
          outline: dots([-6.4, 3], [6.8, -3.4], [3.4, 6.4], [-3, -6], [-6, -2.4], [2, 1.6]),
          stroke: '#54453a',
          width: 0.7,
        },
      ],
    ],
  },
  truffle: {
    lie: 'slice',
    count: 8,
    radius: 3.9,
    looks: [
      [
        { outline: blob([4.2, 3.8, 4.1, 3.6, 4]), fill: '#231915' },
        { outline: blob([3.5, 3.1, 3.4, 2.9, 3.3], -0.1, -0.1), fill: '#54413a' },
        {
          outline:
            'M-2.4 -0.6Q-1 -1.6 0 -0.4Q1 0.8 2.4 0M-1 -2.4Q0 -1.4 0 -0.4Q-0.6 1 -1.6 1.6M0.4 2.4Q1 1.2 0.8 ' +
            '0.4M1.2 -2.2Q1.6 -1.2 2.6 -1.2',
          stroke: '#c4ae98',
          width: 0.4,
        },
      ],
    ],
  },
  pistachio: {
    lie: 'strewn',
    count: 20,
    radius: 1.5,
    looks: [
      [
        { outline: 'M-1.6 0.2L-0.6 -1.2L1 -1L1.6 0.3L0.2 1.2Z', fill: '#7d9a34' },
        { outline: 'M-0.6 -1.2L1 -1L0.4 0Z', fill: '#bccf6a' },
      ],
      [
        { outline: 'M-1.2 -0.6L0.8 -1L1.2 0.6L-0.6 1.1Z', fill: '#a3b94c' },
        { outline: 'M-1.2 -0.6L0.8 -1L-0.2 0Z', fill: '#8a5a63' },
      ],
    ],
  },
  walnuts: {
    lie: 'slice',
    count: 8,
    radius: 3.3,
    looks: [
      [
        {
          outline:
            'M0 -2.6Q1.2 -3.6 2.4 -2.6Q3.8 -2.4 3.4 -0.8Q4.2 0.8 2.8 1.6Q2 3 0.4 2.2Q-0.6 3.4 -2 2.4Q-3.6 2.2 ' +
            '-3.4 0.6Q-4.2 -0.8 -2.9 -1.7Q-2.2 -3.4 0 -2.6Z',
          fill: '#7c4a20',
        },
        { outline: oval(-0.2, -0.3, 2.7, 1.9), fill: '#c08a4c' },
        {
          outline:
            'M-2.4 0Q0 -0.6 2.4 0M-1.2 -1.6Q-0.6 -0.8 -1 -0.2M0.8 -1.6Q0.6 -0.8 1 -0.2M-0.8 0.2Q-0.4 1 -0.8 1.6M1 ' +
            '0.1Q0.8 0.8 1.2 1.4',
          stroke: '#83501f',
          width: 0.5,
        },
      ],
    ],
  },
  honey: {
    lie: 'leaf',
    count: 6,
    radius: 6.4,
    flat: true,
    looks: [
      [
        { outline: 'M-6.6 -2C-3 -5 -2.4 4 0.6 2C3.4 0 2.6 -4.4 6.6 -2', stroke: '#d98a10', width: 1.5 },
        { outline: 'M-6.5 -2.2C-3 -5.2 -2.4 3.6 0.6 1.7C3.3 0 2.7 -4.4 6.5 -2.2', stroke: '#ffc94d', width: 0.7 },
        { outline: dots([6.6, -1.8]), stroke: '#eba723', width: 1.8 },
      ],
    ],
  },
}
