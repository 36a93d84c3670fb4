import type { Art, Layer } from './art.ts'
import { circle, dots, oval } from './shapes.ts'

const strip = 'M-5.2 1.6C-4 -3.4 3.2 -4.2 5.4 0.8L3.8 2C2 -1.4 -2.2 -0.8 -3.4 2.4Z'
const pepper = (skin: string, flesh: string): Layer[] => [
  { outline: strip, fill: skin },
  { outline: 'M-4.3 1.9C-3 -1.8 2.4 -2.6 4.5 1.4L3.8 2C2 -1.4 -2.2 -0.8 -3.4 2.4Z', fill: flesh },
  { outline: 'M-3 -0.6Q-0.4 -2.6 2.6 -1.6', stroke: '#ffffff', width: 0.5, opacity: 0.6 },
]

export const vegetables: Record<string, Art> = {
  mushrooms: {
    lie: 'slice',
    count: 8,
    radius: 5.2,
    looks: [
      [
        {
          outline:
            'M-5.6 0.2C-5.8 -5.8 5.8 -5.8 5.6 0.2C5.4 2 3.2 2 1.7 1.4L2 4.4Q0 5.8 -2 4.4L-1.7 1.4C-3.2 2 -5.4 2 ' +
            '-5.6 0.2Z',
          fill: '#a67c50',
        },
        {
          outline:
            'M-4.8 0C-4.8 -4.6 4.8 -4.6 4.8 0C4.6 1.2 3 1.1 1.1 0.5L1.3 4Q0 4.9 -1.3 4L-1.1 0.5C-3 1.1 -4.6 1.2 ' +
            '-4.8 0Z',
          fill: '#f5e6cb',
        },
        {
          outline:
            'M-3.6 -0.4Q-3 -2 -0.9 -1.6Q-0.5 -0.8 -0.9 0Q-2.6 0.6 -3.6 -0.4ZM3.6 -0.4Q3 -2 0.9 -1.6Q0.5 -0.8 0.9 ' +
            '0Q2.6 0.6 3.6 -0.4Z',
          fill: '#8a6543',
        },
      ],
    ],
  },
  porcini: {
    lie: 'slice',
    count: 7,
    radius: 6,
    looks: [
      [
        {
          outline:
            'M-6.2 -0.2C-6.2 -6.6 6.2 -6.6 6.2 -0.2C6 1.6 4 1.4 2.4 1L3.2 4.8Q0 7.2 -3.2 4.8L-2.4 1C-4 1.4 -6 1.6 ' +
            '-6.2 -0.2Z',
          fill: '#6f4021',
        },
        {
          outline: 'M-4.6 0.2C-4.2 -3 4.2 -3 4.6 0.2Q3.2 0.8 1.8 0.2L2.4 4.4Q0 6 -2.4 4.4L-1.8 0.2Q-3.2 0.8 -4.6 0.2Z',
          fill: '#f0d9ae',
        },
        { outline: 'M-4 -0.2Q0 -2.2 4 -0.2Q0 -1 -4 -0.2Z', fill: '#b98f4e' },
        { outline: 'M-4.2 -3Q-1.6 -4.8 1.6 -4.2', stroke: '#b87a48', width: 0.9 },
      ],
    ],
  },
  olives: {
    lie: 'slice',
    count: 10,
    radius: 3.1,
    looks: [
      [
        { outline: circle(0, 0, 2.3), stroke: '#2b2530', width: 1.9 },
        { outline: 'M-2.4 -0.9A2.6 2.6 0 0 1 -0.2 -2.6', stroke: '#8b8096', width: 0.6 },
      ],
    ],
  },
  artichokes: {
    lie: 'slice',
    count: 6,
    radius: 5.6,
    looks: [
      [
        {
          outline:
            'M0 5.6C-3 4.6 -6 1.4 -5.6 -2.6C-4.4 -3.4 -3.4 -3 -2.8 -2C-2.4 -4.4 -1 -5.4 0 -5.6C1 -5.4 2.4 -4.4 ' +
            '2.8 -2C3.4 -3 4.4 -3.4 5.6 -2.6C6 1.4 3 4.6 0 5.6Z',
          fill: '#6f823a',
        },
        {
          outline:
            'M0 4.8C-2.2 3.6 -3.6 1 -2.8 -1.4C-2.2 -3.6 -1 -4.6 0 -4.8C1 -4.6 2.2 -3.6 2.8 -1.4C3.6 1 2.2 3.6 0 4.8Z',
          fill: '#a9b75f',
        },
        { outline: 'M0 4.4Q-2.4 2 -1.4 -0.4Q0 -2.2 1.4 -0.4Q2.4 2 0 4.4Z', fill: '#efe9b9' },
        { outline: 'M-4.6 -1.6Q-4.4 1.2 -2.6 3M4.6 -1.6Q4.4 1.2 2.6 3M0 -0.4L0 3', stroke: '#c8d184', width: 0.6 },
      ],
    ],
  },
  onions: {
    lie: 'slice',
    count: 7,
    radius: 5.2,
    looks: [
      [
        { outline: 'M-5 1A5.1 5.1 0 0 1 4.4 -2.6', stroke: '#8e2f6b', width: 1.6 },
        { outline: 'M-4.8 1.2A4.8 4.8 0 0 1 4.2 -2.2', stroke: '#f0cfe0', width: 0.7 },
        { outline: 'M-2.8 1.8A3.2 3.2 0 0 1 3 0', stroke: '#a9487f', width: 1.3 },
        { outline: 'M-2.6 2A3 3 0 0 1 2.8 0.3M-0.8 2.4A1.4 1.4 0 0 1 1.4 1.8', stroke: '#f6dfea', width: 0.7 },
      ],
    ],
  },
  peppers: { lie: 'slice', count: 9, radius: 4.8, looks: [pepper('#eda81c', '#fbd766'), pepper('#4c8a34', '#9cc76a')] },
  aubergine: {
    lie: 'slice',
    count: 6,
    radius: 6.2,
    looks: [
      [
        { outline: oval(0, 0, 6.4, 5.9), fill: '#412343' },
        { outline: oval(-0.1, -0.1, 5.5, 5), fill: '#dcc08a' },
        { outline: 'M-4 -2.4L2.4 -4.4M-4.8 0.8L4.4 -2M-3.4 3.4L4.6 0.8', stroke: '#7b4a28', width: 1.1, opacity: 0.8 },
        {
          outline:
            oval(-1.4, 0.8, 0.4, 0.7) +
            oval(1.4, 1.6, 0.4, 0.7) +
            oval(0.6, -1.2, 0.4, 0.7) +
            oval(-2.6, -1.2, 0.4, 0.6),
          fill: '#f4e3b8',
        },
      ],
    ],
  },
  courgette: {
    lie: 'slice',
    count: 8,
    radius: 4.7,
    looks: [
      [
        { outline: circle(0, 0, 4.7), fill: '#3c7a30' },
        { outline: circle(-0.1, -0.1, 3.9), fill: '#dfe8a6' },
        { outline: circle(0, 0, 2.2), fill: '#f1f3c8' },
        {
          outline:
            oval(1.2, 0.4, 0.6, 0.3, 20) +
            oval(-0.4, 1.3, 0.6, 0.3, 110) +
            oval(-1.1, -0.5, 0.6, 0.3, 200) +
            oval(0.5, -1.2, 0.6, 0.3, 290),
          fill: '#a9bd62',
        },
      ],
    ],
  },
  'cherry-tomatoes': {
    lie: 'slice',
    count: 7,
    radius: 4.3,
    looks: [
      [
        { outline: circle(0, 0, 4.3), fill: '#9f150f' },
        { outline: circle(-0.1, -0.2, 3.7), fill: '#f0492c' },
        { outline: oval(-1.5, 0, 1, 1.8) + oval(1.5, 0, 1, 1.8), fill: '#c32a17' },
        {
          outline:
            oval(-1.6, -0.8, 0.35, 0.6) +
            oval(-1.3, 0.7, 0.35, 0.6) +
            oval(1.6, -0.7, 0.35, 0.6) +
            oval(1.3, 0.8, 0.35, 0.6),
          fill: '#ffd98f',
        },
        { outline: 'M-3 -1.4A3.2 3.2 0 0 1 -0.8 -3.2', stroke: '#ffb49a', width: 0.6 },
      ],
    ],
  },
  spinach: {
    lie: 'slice',
    count: 8,
    radius: 5.2,
    looks: [
      [
        {
          outline:
            'M-6 1C-5.6 -1.8 -3.8 -3.4 -1.4 -2.8C0.4 -5 3.6 -4.4 4.4 -2C6.4 -1.4 6.2 1.4 4.2 2C3 4.4 -0.2 4.4 ' +
            '-1.4 2.8C-3.2 4 -5.4 3 -6 1Z',
          fill: '#1f5229',
        },
        {
          outline:
            'M-5.2 0.6C-4.8 -1.4 -3.4 -2.4 -1.2 -2C0.4 -4 3 -3.4 3.6 -1.4C5.2 -0.8 5 0.8 3.4 1.2C2.4 3.2 0 3.2 ' +
            '-1.2 1.8C-3 2.8 -4.8 2.2 -5.2 0.6Z',
          fill: '#377a38',
        },
        {
          outline: 'M-4.4 0.4Q0 -1 4.6 0M-1.8 -0.2Q-1 -1.8 0 -2.4M0.6 -0.4Q1.8 1 2.4 1.8',
          stroke: '#86b870',
          width: 0.6,
        },
      ],
    ],
  },
  friarielli: {
    lie: 'slice',
    count: 9,
    radius: 5,
    looks: [
      [
        {
          outline:
            'M-6 1.2Q-2.6 0.8 -0.8 0Q-2 -2.6 0.4 -3.2Q1.2 -4.6 2.8 -3.8Q5 -4.2 5.2 -2Q6.4 -0.4 5 0.8Q4.4 2.8 2.2 ' +
            '2Q0.6 2.4 0 1Q-2.8 2 -5.8 2.2Z',
          fill: '#36551d',
        },
        {
          outline: circle(1.4, -2.2, 1.1) + circle(3.6, -2.2, 1.1) + circle(4, 0, 1.1) + circle(2, 0.2, 1),
          fill: '#5f8a30',
        },
        { outline: dots([1.2, -2.5], [3.5, -2.6], [4, -0.4]), stroke: '#d8d255', width: 0.8 },
        { outline: 'M-5.6 1.6Q-2 1.2 1.2 -0.6', stroke: '#8fae56', width: 0.7 },
      ],
    ],
  },
  potatoes: {
    lie: 'slice',
    count: 9,
    radius: 5,
    looks: [
      [
        { outline: oval(0, 0, 5.4, 4.5), fill: '#c98f38' },
        { outline: oval(-0.2, -0.3, 4.6, 3.8), fill: '#f8dd8e' },
        { outline: oval(-1, -1.2, 2.2, 1, -20), fill: '#fdf0bd' },
        { outline: oval(1.8, 1.6, 1.5, 0.8, 20) + circle(-2.4, 1.4, 0.6), fill: '#d69c48', opacity: 0.7 },
      ],
    ],
  },
  pineapple: {
    lie: 'slice',
    count: 8,
    radius: 4.4,
    looks: [
      [
        { outline: 'M-2 -3.6Q0 -4.4 2 -3.6L4.6 3Q0 5.2 -4.6 3Z', fill: '#d9961a' },
        { outline: 'M-1.6 -3.2Q0 -3.8 1.6 -3.2L3.8 2.5Q0 4.2 -3.8 2.5Z', fill: '#fdd549' },
        { outline: 'M-0.6 -2.6L-1.6 2.6M0.8 -2.6L1.6 2.6M-1.9 -0.6Q0 -1.2 1.9 -0.6', stroke: '#e8ab28', width: 0.6 },
      ],
    ],
  },
  capers: {
    lie: 'strewn',
    count: 12,
    radius: 1.8,
    looks: [
      [
        { outline: oval(0, 0, 1.9, 1.6), fill: '#50632a' },
        { outline: oval(-0.3, -0.3, 1.2, 0.9), fill: '#8ea04f' },
      ],
    ],
  },
  chillies: {
    lie: 'strewn',
    count: 11,
    radius: 2.3,
    looks: [
      [
        { outline: circle(0, 0, 2.3), fill: '#b01208' },
        { outline: circle(0, 0, 1.9), fill: '#ff4a2b' },
        { outline: circle(0, 0, 1.1), fill: '#ffdfae' },
        { outline: dots([0.4, -0.3], [-0.4, 0.3]), stroke: '#d9963a', width: 0.7 },
      ],
    ],
  },
  garlic: {
    lie: 'strewn',
    count: 13,
    radius: 2.5,
    looks: [
      [
        { outline: 'M-2.7 0.6C-2.2 -2 1.4 -2.4 2.7 -0.4C2.4 1.6 -0.8 1.8 -2.7 0.6Z', fill: '#d9a650' },
        { outline: 'M-2 0.3C-1.4 -1.5 1 -1.7 2 -0.4C1.6 0.8 -0.6 1 -2 0.3Z', fill: '#fff2d0' },
      ],
    ],
  },
}
